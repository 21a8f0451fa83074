//! Nothing is sent before the user says so: by the types, by a trace of system calls, and by proxies that see nobody.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use wattfolio::market_data::live::{SOURCES, Source};

use crate::support::program::program;
use crate::support::server::{Server, status};

/// Runs without permission; each must stay silent.
const SILENT: [&[&str]; 6] = [
    &["market"],
    &["market", "--format", "json"],
    &["compare"],
    &["screenshot", "--page", "market", "--size", "1024x640", "--scale", "1", "--out", "market.png"],
    &["screenshot", "--size", "1024x640", "--scale", "1", "--out", "compare.png"],
    &["presets", "list"],
];

/// The environment of a user who allowed nothing, in a folder of its own.
fn at_home(command: &mut Command, folder: &Path) {
    command.current_dir(folder).env("HOME", folder).env("XDG_DATA_HOME", folder.join("data"));
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("WATTFOLIO_OFFLINE");
    command.env_remove("DBUS_SESSION_BUS_ADDRESS");
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[test]
fn a_run_without_permission_opens_no_socket_of_the_internet() {
    use crate::support::trace::traced;
    let program = env!("CARGO_BIN_EXE_wattfolio");
    for arguments in SILENT {
        let folder = tempfile::tempdir().unwrap();
        let run = traced(program, arguments, |command| at_home(command, folder.path()));
        assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.output);
        assert!(!run.has_internet_socket, "{arguments:?}");
    }
    // The same eyes see a run with permission, to a port of this machine where nobody listens.
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["market", "--source", "coinbase", "--base-url", "http://127.0.0.1:9"];
    let run = traced(program, &arguments, |command| at_home(command, folder.path()));
    assert!(run.has_internet_socket, "{}", run.output);
    // And offline that run is refused before anything is opened.
    let offline = |command: &mut Command| {
        at_home(command, folder.path());
        command.env("WATTFOLIO_OFFLINE", "1");
    };
    let run = traced(program, &arguments, offline);
    assert_eq!(run.code, Some(2), "{}", run.output);
    assert!(
        !run.has_internet_socket && run.output.contains("WATTFOLIO_OFFLINE is set: nothing is asked"),
        "{}",
        run.output
    );
}

/// A program whose every way to the internet leads to a proxy.
fn behind(proxy: &Server, arguments: &[&str], folder: &Path) -> std::process::Output {
    let mut command = program(arguments);
    at_home(&mut command, folder);
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
        command.env(name, proxy.url());
    }
    command.env("WATTFOLIO_EIA_KEY", "a-key");
    command.env_remove("NO_PROXY").env_remove("no_proxy").env_remove("REQUEST_METHOD").output().unwrap()
}

#[test]
fn a_proxy_sees_nobody_without_permission_and_only_the_named_source_with_it() {
    let proxy = Server::with(status(502, ""));
    let folder = tempfile::tempdir().unwrap();
    for arguments in SILENT {
        let output = behind(&proxy, arguments, folder.path());
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        // Without a network nothing is different.
        let mut plain = program(arguments);
        at_home(&mut plain, folder.path());
        let plain = plain.output().unwrap();
        assert_eq!((plain.stdout, plain.stderr), (output.stdout, output.stderr), "{arguments:?}");
    }
    assert_eq!(proxy.connections(), 0);
    let output = behind(&proxy, &["market", "--source", "coinbase"], folder.path());
    assert_eq!(output.status.code(), Some(3));
    let lines: Vec<String> = proxy.seen().into_iter().map(|seen| seen.line).collect();
    assert!(
        !lines.is_empty() && lines.iter().all(|line| line == "CONNECT api.coinbase.com:443"),
        "{lines:?}"
    );
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("no connection"), "{text}");
    // So is every source of the list: by its own host, and by nothing else.
    let proxy_of_all = Server::with(status(502, ""));
    let named = SOURCES.iter().flat_map(|source| ["--source", source.id]);
    let arguments: Vec<&str> = ["market"].into_iter().chain(named).collect();
    let fresh = tempfile::tempdir().unwrap();
    let output = behind(&proxy_of_all, &arguments, fresh.path());
    assert_eq!(output.status.code(), Some(3));
    let asked: BTreeSet<String> = proxy_of_all.seen().into_iter().map(|seen| seen.line).collect();
    let host = |source: &&Source| format!("CONNECT {}:443", source.base.trim_start_matches("https://"));
    assert_eq!(asked, SOURCES.iter().copied().map(|source| host(&source)).collect());
    // A machine of one's own is never asked through a proxy.
    let before = proxy.connections();
    behind(&proxy, &["market", "--source", "mempool", "--base-url", "http://127.0.0.1:9"], folder.path());
    assert_eq!(proxy.connections(), before);
}

/// The one file that opens connections.
const CLIENT: &str = "src/market_data/live/client.rs";

/// Lines of the sources that contain a text, by file.
fn lines_with(text: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "crates/documents/src", "crates/economics/src", "crates/egui-raster/src"] {
        crate::source::sources(&root.join(folder), &mut files);
    }
    let mut found = Vec::new();
    for file in files {
        let name = file.strip_prefix(root).unwrap().display().to_string();
        for line in fs::read_to_string(&file).unwrap().lines().filter(|line| line.contains(text)) {
            found.push((name.clone(), line.trim().to_owned()));
        }
    }
    found
}

#[test]
fn only_the_client_can_connect_and_only_a_permission_makes_one() {
    let files = |text: &str| {
        let mut files: Vec<String> = lines_with(text).into_iter().map(|(file, _)| file).collect();
        files.sort();
        files.dedup();
        files
    };
    for library in ["reqwest::blocking", "Http::builder", "reqwest::get", "reqwest::Client"] {
        assert!(files(library).iter().all(|file| file == CLIENT), "{library}: {:?}", files(library));
    }
    assert_eq!(files("reqwest::"), ["src/market_data/live/address.rs", CLIENT]);
    for library in
        ["TcpStream", "UdpSocket", "TcpListener", "ToSocketAddrs", "std::net::lookup", "hyper::", "tokio::"]
    {
        assert_eq!(files(library), Vec::<String>::new(), "{library}");
    }
    let built = lines_with("Http::builder()");
    assert_eq!(built.len(), 1, "{built:?}");
    let constructors: Vec<String> = lines_with("-> Result<Self, Fault> {")
        .into_iter()
        .filter(|(file, _)| file == CLIENT)
        .map(|(_, line)| line)
        .collect();
    assert_eq!(
        constructors,
        ["pub fn new(consent: Consent, key: Option<Key>, limits: Limits) -> Result<Self, Fault> {"]
    );
    // A permission of a run comes from its command line, and no other place may pretend to one.
    assert_eq!(files("Consent::for_this_run"), ["src/cli/market.rs"]);
    assert_eq!(files("Self { source, base, region"), ["src/market_data/live/consent.rs"]);
    assert_eq!(files("Consent { source"), Vec::<String>::new());
}
