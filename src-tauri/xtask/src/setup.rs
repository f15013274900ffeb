//! What every command needs first: system packages, npm packages, the built interface, the sample newspaper.

use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::{
    Outcome,
    process::{built, cargo, command, must, npm, output, root, succeeds, target},
};

/// What a build of the desktop shell needs, as Debian and Ubuntu name it.
const BUILD_PACKAGES: &[&str] = &["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev", "librsvg2-dev"];

/// What the browser tests and the real-window test need besides.
const TEST_PACKAGES: &[&str] = &[
    "chromium",
    "webkit2gtk-driver",
    "xvfb",
    "xauth",
    "xdotool",
    "dbus-x11",
    "python3-gi",
    "gir1.2-gtk-3.0",
    "fonts-noto-cjk",
];

/// Packages for the shell, then npm packages and the interface.
pub fn everything() -> Outcome {
    shell_packages()?;
    npm_packages()?;
    interface()
}

/// System packages that building the desktop shell needs.
pub fn shell_packages() -> Outcome {
    packages(BUILD_PACKAGES, "libwebkit2gtk-4.1-dev")
}

/// System packages and tools that the tests with a browser and a window need.
pub fn test_packages() -> Outcome {
    packages(TEST_PACKAGES, "webkit2gtk-driver")?;
    if !succeeds(command("tauri-driver").arg("--help")) {
        must(&mut cargo(&["install", "tauri-driver", "--version", "^2", "--locked"]))?;
    }
    Ok(())
}

fn packages(wanted: &[&str], probe: &str) -> Outcome {
    if !cfg!(target_os = "linux") {
        return other_systems();
    }
    if !succeeds(command("apt-get").arg("--version")) {
        return other_linux(probe);
    }
    let installed = |p: &&str| {
        output(command("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", p])).as_deref()
            == Some("installed")
    };
    let missing: Vec<&str> = wanted.iter().filter(|p| !installed(p)).copied().collect();
    if missing.is_empty() {
        return Ok(());
    }
    let root_user = output(command("id").arg("-u")).as_deref() == Some("0");
    if !root_user && !succeeds(command("sudo").arg("--version")) {
        return Err(format!("these packages are missing; as root run\n\n  apt-get install {}\n", missing.join(" ")));
    }
    let apt = |args: &[&str]| {
        let mut apt = if root_user { command("apt-get") } else { command("sudo") };
        if !root_user {
            apt.arg("apt-get");
        }
        apt.args(args).env("DEBIAN_FRONTEND", "noninteractive");
        must(&mut apt)
    };
    apt(&["update", "-qq"])?;
    let mut install = vec!["install", "-y", "-qq", "--no-install-recommends"];
    install.extend(missing);
    apt(&install)
}

/// Windows and macOS bring their own web view; the tests of the real window run on Linux.
fn other_systems() -> Outcome {
    if cfg!(target_os = "macos") && !succeeds(command("xcode-select").arg("-p")) {
        return Err("the compiler is missing; run\n\n  xcode-select --install\n".to_owned());
    }
    Ok(())
}

fn other_linux(probe: &str) -> Outcome {
    let (library, tests) = (probe == "libwebkit2gtk-4.1-dev", probe == "webkit2gtk-driver");
    let there = (library && succeeds(command("pkg-config").args(["--exists", "webkit2gtk-4.1"])))
        || (tests && ["WebKitWebDriver", "xvfb-run", "xdotool"].iter().all(|p| succeeds(command("which").arg(p))));
    if there {
        return Ok(());
    }
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let like = |name: &str| release.lines().any(|l| l.starts_with("ID") && l.contains(name));
    let line = if like("fedora") || like("rhel") {
        "sudo dnf install gcc-c++ pkgconf-pkg-config webkit2gtk4.1-devel librsvg2-devel chromium xorg-x11-server-Xvfb xdotool dbus-x11 python3-gobject google-noto-serif-cjk-fonts"
    } else if like("arch") {
        "sudo pacman -S --needed base-devel webkit2gtk-4.1 librsvg chromium xorg-server-xvfb xdotool dbus python-gobject noto-fonts-cjk"
    } else if like("suse") {
        "sudo zypper install gcc-c++ pkg-config webkit2gtk3-devel librsvg-devel chromium xvfb-run xdotool dbus-1-x11 python3-gobject noto-serif-cjk-fonts"
    } else {
        "(your system's packages for:) a C++ compiler, pkg-config, webkit2gtk-4.1 with headers and WebKitWebDriver, librsvg, chromium, Xvfb, xdotool, dbus-run-session, PyGObject, Noto CJK fonts"
    };
    Err(format!("system packages are missing; run\n\n  {line}\n\nand start this command again"))
}

/// `npm ci`, unless what is installed comes from the lock file as it is.
pub fn npm_packages() -> Outcome {
    let version = output(command("node").arg("--version")).unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next().and_then(|m| m.parse::<u32>().ok());
    if major.is_none_or(|m| m < 20) {
        let found = if version.is_empty() { "none was found".to_owned() } else { format!("found {version}") };
        return Err(format!("Node.js 20.19 or newer is needed ({found}); see https://nodejs.org"));
    }
    let lock = root().join("package-lock.json");
    let stamp = root().join("node_modules/.installed-from");
    let wanted = fs::read(&lock).map_err(|e| format!("{}: {e}", lock.display()))?;
    if fs::read(&stamp).is_ok_and(|have| have == wanted) {
        return Ok(());
    }
    must(&mut npm(&["ci"]))?;
    fs::write(&stamp, wanted).map_err(|e| format!("{}: {e}", stamp.display()))
}

/// Builds the interface into `ui/dist`, unless it is newer than its sources.
pub fn interface() -> Outcome {
    let ui = root().join("ui");
    let built = fs::metadata(ui.join("dist/index.html")).and_then(|m| m.modified()).ok();
    let sources =
        ["src", "public", "index.html", "vite.config.ts", "../package-lock.json"].map(|name| newest(&ui.join(name)));
    if built > sources.into_iter().max().flatten() {
        return Ok(());
    }
    must(&mut npm(&["run", "build"]))
}

/// Time of the last change below `path`.
fn newest(path: &Path) -> Option<SystemTime> {
    let meta = fs::metadata(path).ok()?;
    if !meta.is_dir() {
        return meta.modified().ok();
    }
    let below = fs::read_dir(path).ok()?.flatten().filter_map(|entry| newest(&entry.path()));
    below.chain(meta.modified().ok()).max()
}

/// Writes the sample newspaper below the target folder, with its generator as built under that profile, and gives the place.
pub fn sample(profile: &str) -> Result<PathBuf, String> {
    let out = target().join("sample");
    let place = out.to_str().ok_or("the target folder's name is not Unicode")?;
    // Not `cargo run`: a package built by itself gets other features of its dependencies, and so a second build of them.
    must(command(built(profile, "baoku-sample")).arg(place))?;
    Ok(out)
}
