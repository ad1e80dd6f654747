# What each word of the outputs of commit d5458c1 is called now.
s/"trust":/"stability":/g
s/"firmness": ?"firm"/"level": "high"/g
s/"firmness": ?"likely"/"level": "medium"/g
s/"firmness": ?"loose"/"level": "low"/g
s/"formulas?":/"boilerplate":/g
s/"families":/"chains":/g
s/"placed":/"assigned":/g
s/(["(])borrowing(["),])/\1text-reuse\2/g
s/>borrowing</>text-reuse</g
s/consonance\.emphasis\/1/consonance.column-keyness\/1/
s/^# Borrowings$/# Text reuse/
s/^# Emphasis$/# Keyness/
s/\bfirm: its clauses/stability high: its clauses/g
s/\blikely: its clauses/stability medium: its clauses/g
s/\bloose: its clauses/stability low: its clauses/g
s/<span class="firm firm">firm</<span class="stability high">stability high</g
s/<span class="firm likely">likely</<span class="stability medium">stability medium</g
s/<span class="firm loose">loose</<span class="stability low">stability low</g
s/hangs on a formula/hangs on boilerplate/g
s/^\|---(\|---)*\|$/| --- | --- | --- | --- | --- | --- | --- |/
