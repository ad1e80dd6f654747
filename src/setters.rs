//! [`setters`]: setters of parameters that take the parameters and return them.

/// Writes a setter for each of these fields, with the name of the field; for use in an `impl` of
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
