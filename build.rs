//! Gathers what the pages load (`OUT_DIR/assets`): single files out of npm packages, our own css and js. Beside it the
//! type that papers are set in (`OUT_DIR/fonts`), which nobody loads.
//!
//! `frontend/package-lock.json` is the only thing of npm that is committed. With `YINFENG_NODE_MODULES` set
//! to a ready `node_modules` folder no npm and no network are needed.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use flate2::{Compression, GzBuilder};

type Answer<T> = Result<T, String>;

/// What is taken from npm: path inside node_modules, name it is served under.
const FROM_NPM: &[(&str, &str)] = &[
    ("htmx.org/dist/htmx.min.js", "htmx.js"),
    ("@tabler/core/dist/css/tabler.min.css", "tabler.css"),
    // Loaded only by pages with charts.
    ("echarts/dist/echarts.common.min.js", "echarts.js"),
];

/// Type for papers, out of npm too: OFL fonts with Chinese as TTF.
const FONTS: &[(&str, &str)] = &[
    ("@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf", "noto-serif-sc.ttf"),
    ("@expo-google-fonts/noto-sans-hk/400Regular/NotoSansHK_400Regular.ttf", "noto-sans-hk.ttf"),
];

fn main() {
    for watched in ["build.rs", "frontend", "templates", "locales", "migrations"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    println!("cargo::rerun-if-env-changed=YINFENG_NODE_MODULES");
    if let Err(reason) = gather() {
        println!("cargo::error={}", reason.trim().replace('\n', " | "));
    }
}

fn gather() -> Answer<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo did not set OUT_DIR")?);
    let assets = out.join("assets");
    if assets.exists() {
        fs::remove_dir_all(&assets).map_err(about(&assets))?; // a file taken away must not be served on
    }
    fs::create_dir_all(&assets).map_err(about(&assets))?;
    let modules = match env::var_os("YINFENG_NODE_MODULES") {
        Some(ready) => PathBuf::from(ready),
        None => installed(&out.join("npm"))?,
    };
    for (from, name) in FROM_NPM {
        let text = read(&modules.join(from))?;
        let text = if *name == "tabler.css" { as_layer(&text) } else { text };
        put(&assets, name, text.as_bytes())?;
    }
    let fonts = out.join("fonts");
    fs::create_dir_all(&fonts).map_err(about(&fonts))?;
    for (from, name) in FONTS {
        let from = modules.join(from);
        fs::copy(&from, fonts.join(name)).map_err(about(&from))?;
    }
    put(&assets, "yinfeng.css", stylesheet(Path::new("frontend/css"))?.as_bytes())?;
    put(&assets, "yinfeng.js", scripts(Path::new("frontend/js"))?.as_bytes())?;
    for image in files_in(Path::new("frontend/img"))? {
        let name = file_name(&image);
        put(&assets, &name, &fs::read(&image).map_err(about(&image))?)?;
    }
    Ok(())
}

/// Runs `npm ci` in a folder of cargo's, unless it holds what the lock file asks for.
fn installed(folder: &Path) -> Answer<PathBuf> {
    fs::create_dir_all(folder).map_err(about(folder))?;
    let modules = folder.join("node_modules");
    let mut ready = modules.join(".package-lock.json").exists();
    for name in ["package.json", "package-lock.json"] {
        let wanted = read(&Path::new("frontend").join(name))?;
        let there = folder.join(name);
        if fs::read_to_string(&there).ok().as_deref() != Some(&wanted) {
            fs::write(&there, wanted).map_err(about(&there))?;
            ready = false;
        }
    }
    if ready {
        return Ok(modules);
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let run = Command::new(npm)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(folder)
        .output();
    match run {
        Ok(done) if done.status.success() => Ok(modules),
        Ok(done) => {
            let _ = fs::remove_file(folder.join("package-lock.json")); // so that the next build tries again
            Err(format!("`npm ci` failed ({}):\n{}", done.status, String::from_utf8_lossy(&done.stderr)))
        }
        Err(reason) => Err(format!(
            "cannot run `npm` ({reason}). Install Node.js 20 or newer with npm, or set YINFENG_NODE_MODULES \
             to a node_modules folder made from frontend/package-lock.json."
        )),
    }
}

/// In a cascade layer every rule of ours wins over every rule of the base, whatever its selector weighs.
fn as_layer(css: &str) -> String {
    let css = css.trim_start_matches('\u{feff}').trim_start_matches("@charset \"UTF-8\";");
    format!("@layer base{{{css}}}\n")
}

/// The files that `index.css` imports, in its order, as one. A file that is not imported is an error.
fn stylesheet(folder: &Path) -> Answer<String> {
    let index = read(&folder.join("index.css"))?;
    let mut names: Vec<String> = Vec::new();
    let mut css = String::new();
    for line in index.lines().filter_map(|line| line.strip_prefix("@import \"")) {
        let name = line.split('"').next().unwrap_or_default();
        css.push_str(&read(&folder.join(name))?);
        names.push(name.to_owned());
    }
    for file in files_in(folder)? {
        let name = file_name(&file);
        if name != "index.css" && !names.contains(&name) {
            return Err(format!("frontend/css/index.css does not import {name}"));
        }
    }
    Ok(css)
}

/// Every script by name, as one file; each keeps its names in a block of its own.
fn scripts(folder: &Path) -> Answer<String> {
    let mut all = String::from("\"use strict\";\n");
    for file in files_in(folder)? {
        all.push_str(&format!("{{\n{}}}\n", read(&file)?));
    }
    Ok(all)
}

/// Writes the file, and beside it the gzip of what gzip makes smaller.
fn put(assets: &Path, name: &str, content: &[u8]) -> Answer<()> {
    let path = assets.join(name);
    fs::write(&path, content).map_err(about(&path))?;
    // No time inside, so that the same source gives the same bytes.
    let mut gzip = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    let packed = gzip.write_all(content).and_then(|()| gzip.finish()).map_err(about(&path))?;
    let beside = assets.join(format!("{name}.gz"));
    if packed.len() < content.len() { fs::write(&beside, packed).map_err(about(&beside)) } else { Ok(()) }
}

fn files_in(folder: &Path) -> Answer<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(about(folder))?;
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in entries {
        files.push(entry.map_err(about(folder))?.path());
    }
    files.sort();
    Ok(files)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn read(path: &Path) -> Answer<String> {
    fs::read_to_string(path).map_err(about(path))
}

fn about(path: &Path) -> impl Fn(std::io::Error) -> String {
    let path = path.display().to_string();
    move |reason| format!("{path}: {reason}")
}
