//! `params!`: a struct of parameters, its default, and a consuming setter for each field.

/// Declares a struct of parameters. A field is `pub name: Type = default`; without a default it is
/// that of its type, and the setter takes whatever becomes the type: `21` for an `Option<usize>`.
macro_rules! params {
    (
        $(#[$meta:meta])*
        pub struct $params:ident {
            $($(#[$doc:meta])* pub $name:ident: $type:ty $(= $default:expr)?,)*
        }
    ) => {
        $(#[$meta])*
        #[non_exhaustive]
        pub struct $params {
            $($(#[$doc])* pub $name: $type,)*
        }

        impl Default for $params {
            fn default() -> Self {
                Self { $($name: params!(@default $type; $($default)?),)* }
            }
        }

        impl $params {
            $(params! { @setter $name: $type; $($default)? })*
        }
    };
    (@default $type:ty;) => { <$type>::default() };
    (@default $type:ty; $default:expr) => { $default };
    (@setter $name:ident: $type:ty;) => {
        params! { @setter $name: $type, impl Into<$type>, $name.into() }
    };
    (@setter $name:ident: $type:ty; $default:expr) => {
        params! { @setter $name: $type, $type, $name }
    };
    (@setter $name:ident: $type:ty, $taken:ty, $value:expr) => {
        #[doc = concat!("Sets [`", stringify!($name), "`](field@Self::", stringify!($name), ").")]
        #[must_use]
        pub fn $name(mut self, $name: $taken) -> Self {
            self.$name = $value;
            self
        }
    };
}
