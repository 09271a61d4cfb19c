//! What only the page's program is linked with; it cannot be said in Cargo.toml.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is_wasm = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    if is_wasm && env::var_os("CARGO_FEATURE_SPLIT").is_some() {
        // It is cut after linking (.ci/tools/wasm-bindgen), for which it has to say what refers to what.
        println!("cargo::rustc-link-arg-bin=app=--emit-relocs");
    }
}
