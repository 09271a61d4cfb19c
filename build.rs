//! What only the site's programs are linked with; it cannot be said in Cargo.toml.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is_wasm = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    for (feature, program) in [("SPLIT_PAGE", "app"), ("SPLIT_ENGINE", "worker")] {
        if is_wasm && env::var_os(format!("CARGO_FEATURE_{feature}")).is_some() {
            // It is cut after linking (.ci/tools/wasm-bindgen), for which it has to say what refers
            // to what.
            println!("cargo::rustc-link-arg-bin={program}=--emit-relocs");
        }
    }
}
