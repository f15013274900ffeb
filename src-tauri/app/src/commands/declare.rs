//! The macro behind [`Command`](super::Command).

/// What a command is to its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandKind {
    Query,
    Mutation,
    Job,
}

impl CommandKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Mutation => "mutation",
            Self::Job => "job",
        }
    }
}

/// Declares commands in groups of one kind. Each line `Variant = name(args) -> Result;` becomes a variant of `Command`, a method
/// of the group's trait (so that a core that lacks one does not compile), an arm of `dispatch`, and an entry of the TypeScript
/// map. Arguments of type `Option` may be left out by the caller.
macro_rules! commands {
    ($(
        $(#[doc = $group_doc:literal])*
        $kind:ident trait $group:ident {
            $(
                $(#[doc = $doc:literal])*
                $variant:ident = $name:ident ( $( $arg:ident : $ty:ty ),* $(,)? ) -> $result:ty ;
            )*
        }
    )*) => {
        /// One call of a host: `{"name": "issue", "args": {"id": 3}}`.
        #[derive(Debug, Clone, PartialEq, serde::Deserialize)]
        #[serde(tag = "name", content = "args", rename_all = "snake_case", deny_unknown_fields)]
        pub enum Command {
            $($(
                $(#[doc = $doc])*
                $variant { $( $arg: $ty ),* },
            )*)*
        }

        impl Command {
            /// Names of all commands, in the order of their declaration.
            pub const NAMES: &[&str] = &[$($( stringify!($name), )*)*];

            pub fn kind(&self) -> $crate::commands::CommandKind {
                match self {
                    $($( Self::$variant { .. } => commands!(@kind $kind), )*)*
                }
            }
        }

        $(
            $(#[doc = $group_doc])*
            pub trait $group {
                $(
                    $(#[doc = $doc])*
                    fn $name(&self, $( $arg: $ty ),*) -> Result<$result, baoku_model::view::AppError>;
                )*
            }
        )*

        /// Runs one command on the calling thread and gives its result as JSON.
        pub fn dispatch<Core>(core: &Core, command: Command) -> Result<serde_json::Value, baoku_model::view::AppError>
        where
            Core: $( $group + )*
        {
            match command {
                $($(
                    Command::$variant { $( $arg ),* } => $crate::commands::declare::json(&core.$name($( $arg ),*)?),
                )*)*
            }
        }

        /// What the TypeScript map is made from.
        fn entries(config: &ts_rs::Config) -> Vec<$crate::commands::typescript::Entry> {
            vec![$($(
                $crate::commands::typescript::Entry {
                    name: stringify!($name),
                    kind: commands!(@kind $kind),
                    doc: concat!($( $doc ),*),
                    args: vec![$( (stringify!($arg), <$ty as ts_rs::TS>::name(config)) ),*],
                    result: <$result as ts_rs::TS>::name(config),
                },
            )*)*]
        }
    };
    (@kind query) => { $crate::commands::CommandKind::Query };
    (@kind mutation) => { $crate::commands::CommandKind::Mutation };
    (@kind job) => { $crate::commands::CommandKind::Job };
}

pub(super) fn json(result: &impl serde::Serialize) -> Result<serde_json::Value, baoku_model::view::AppError> {
    use baoku_model::view::{AppError, ErrorCode};
    serde_json::to_value(result).map_err(|e| AppError::new(ErrorCode::Internal, format!("The result is no JSON: {e}")))
}
