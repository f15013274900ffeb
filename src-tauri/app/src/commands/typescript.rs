//! `ui/src/api/types/Commands.ts`, made from the declaration of the commands.

use std::collections::BTreeSet;

use super::CommandKind;

/// One command as TypeScript sees it.
pub(super) struct Entry {
    pub name: &'static str,
    pub kind: CommandKind,
    pub doc: &'static str,
    /// Name and TypeScript type of each argument.
    pub args: Vec<(&'static str, String)>,
    pub result: String,
}

/// The text of `Commands.ts`.
pub fn typescript() -> String {
    // Ids stay below 2^53 (see `baoku_model::ids`), so plain numbers hold them.
    let config = ts_rs::Config::new().with_large_int("number");
    let entries = super::entries(&config);
    let mut imports = BTreeSet::new();
    let mut body = String::new();
    for entry in &entries {
        let doc = entry.doc.trim();
        if !doc.is_empty() {
            body.push_str(&format!("  /** {doc} */\n"));
        }
        let mut args = Vec::new();
        for (name, ty) in &entry.args {
            collect_names(ty, &mut imports);
            let optional = if ty.ends_with("| null") { "?" } else { "" };
            args.push(format!("{name}{optional}: {ty}"));
        }
        collect_names(&entry.result, &mut imports);
        let args =
            if args.is_empty() { "Record<string, never>".to_owned() } else { format!("{{ {} }}", args.join("; ")) };
        body.push_str(&format!(
            "  {}: {{ args: {args}; result: {}; kind: \"{}\" }};\n",
            entry.name,
            entry.result,
            entry.kind.as_str()
        ));
    }
    let mut text = String::from(
        "// Made from the declaration in src-tauri/app/src/commands; do not edit. `cargo xtask bless` writes it anew.\n",
    );
    for name in imports {
        text.push_str(&format!("import type {{ {name} }} from \"./{name}\";\n"));
    }
    text.push_str("\n/** Every command with its arguments, its result and its kind. */\nexport interface Commands {\n");
    text.push_str(&body);
    text.push_str("}\n\nexport type CommandName = keyof Commands;\n\n/** Kind of each command at run time. */\n");
    text.push_str("export const commandKinds: { readonly [Name in CommandName]: Commands[Name][\"kind\"] } = {\n");
    for entry in &entries {
        text.push_str(&format!("  {}: \"{}\",\n", entry.name, entry.kind.as_str()));
    }
    text.push_str("};\n");
    text
}

/// Names of exported types within a TypeScript type.
fn collect_names(ty: &str, names: &mut BTreeSet<String>) {
    for word in ty.split(|c: char| !c.is_alphanumeric() && c != '_') {
        if word.starts_with(|c: char| c.is_ascii_uppercase()) && !matches!(word, "Array" | "Record") {
            names.insert(word.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    /// The committed file is what the declaration says. `BAOKU_BLESS=1` writes it.
    #[test]
    fn commands_ts_is_current() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/api/types/Commands.ts");
        let made = super::typescript();
        if std::env::var_os("BAOKU_BLESS").is_some() {
            std::fs::write(&path, &made).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == made, "ui/src/api/types/Commands.ts is out of date: run `cargo xtask bless`");
    }
}
