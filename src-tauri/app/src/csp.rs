//! The one content security policy that every host sends.

/// Nothing but the program's own files, its own page images and its own commands may be loaded; there is no outgoing
/// connection. `page:` and `ipc:` are the desktop shell's protocols (under `http://….localhost` on Windows); a browser on this
/// machine has no use for them and no way to leave it through them. Styles may be inline because the viewer and the charts
/// place their parts by style attributes.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     font-src 'self' data:; img-src 'self' data: blob: page: http://page.localhost; \
     connect-src 'self' ipc: http://ipc.localhost; worker-src 'self'; manifest-src 'self'; \
     object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

#[cfg(test)]
mod tests {
    use super::CONTENT_SECURITY_POLICY;

    /// Any host named in the policy is this machine.
    #[test]
    fn names_no_host_outside_this_machine() {
        for word in CONTENT_SECURITY_POLICY.split([' ', ';']).filter(|w| w.contains("//") || w.contains('*')) {
            let host = word.split("//").nth(1).unwrap_or(word);
            assert!(host.ends_with(".localhost"), "{word}");
        }
    }
}
