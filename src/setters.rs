//! [`setters`]: the setters of parameters, which take the parameters and give them back.

/// Writes a setter for each of these fields, of the name of the field; to be used in an `impl` of
/// parameters. A type `impl Into<Option<T>>` takes a value with or without `Some`.
macro_rules! setters {
    ($($field:ident: $type:ty),+ $(,)?) => {
        $(
            #[doc = concat!("Sets [`", stringify!($field), "`](Self#structfield.", stringify!($field), ").")]
            #[must_use]
            pub fn $field(mut self, $field: $type) -> Self {
                self.$field = $field.into();
                self
            }
        )+
    };
}

pub(crate) use setters;
