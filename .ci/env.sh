# shellcheck shell=bash
# Sourced by run, test and .ci/setup: where the tools are, and how to compile for WebAssembly.
# Changes PATH and defines functions; installs nothing.
# shellcheck disable=SC2034 # the scripts that source this use the variables

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
TOOLS=${LINKSTAR_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/linkstar-kpi/tools}
export PATH="$TOOLS/bin:$PATH"

WASM_TARGET=wasm32-unknown-unknown
# Which wasm compiler was taken: "rustup" or "debian", then the Rust version it was chosen beside.
WASM_CHOICE_FILE=$TOOLS/wasm-compiler

# wasm-bindgen's command must equal the crate's version in Cargo.toml.
WASM_BINDGEN_VERSION=0.2.130
TRUNK_VERSION=0.21.14
WASM_SPLIT_VERSION=0.2.4
CARGO_DENY_VERSION=0.20.2

# The Python in which KPIs are worked out a second time.
CHECK_PYTHON=$TOOLS/independent/bin/python

say() { printf '%s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# Whether the Rust compiler on PATH already has the standard library for WebAssembly.
rust_has_wasm() {
  local libraries
  libraries=$(rustc --print target-libdir --target "$WASM_TARGET" 2>/dev/null) || return 1
  compgen -G "$libraries/libcore-*.rlib" >/dev/null
}

# "rustup", "debian", or nothing while .ci/setup has not chosen yet for this Rust version.
# LINKSTAR_WASM=debian takes Debian's compiler in any case, to try what a machine without rustup's does.
wasm_compiler() {
  if [[ -n ${LINKSTAR_WASM:-} ]]; then
    say "$LINKSTAR_WASM"
  elif rust_has_wasm; then
    say rustup
  elif [[ -r $WASM_CHOICE_FILE && $(<"$WASM_CHOICE_FILE") == "debian beside $(rustc --version)" ]]; then
    say debian
  fi
}

# with_wasm COMMAND…: runs it with the environment of a WebAssembly build. Never for native builds.
# RUSTFLAGS would replace the flags that .cargo/config.toml sets for the target.
with_wasm() {
  local -a environment=(
    -u RUSTFLAGS -u CARGO_ENCODED_RUSTFLAGS
    "CARGO_TARGET_DIR=$ROOT/target/wasm"
    "PATH=$ROOT/.ci/tools:$PATH"
  )
  case $(wasm_compiler) in
    rustup) ;;
    debian)
      # Debian's compiler comes without the compiled library: cargo builds it from its source.
      environment+=(
        RUSTC=/usr/bin/rustc
        RUSTC_BOOTSTRAP=1
        "CARGO_UNSTABLE_BUILD_STD=std,panic_abort"
        CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-19
      )
      ;;
    *) fail "no compiler for WebAssembly: run .ci/setup build" ;;
  esac
  env "${environment[@]}" "$@"
}

# trunk_release COMMAND ARGS…: trunk for the release page. Offline when all that trunk would download
# is there already; else trunk gets its own wasm-bindgen and wasm-opt.
trunk_release() {
  local command=$1
  shift
  local -a offline=()
  if has wasm-bindgen && has wasm-opt; then
    # Trunk's --offline is cargo's too: the crates have to be here first.
    with_wasm cargo fetch --quiet --locked --target "$WASM_TARGET" || return
    offline=(--offline)
  fi
  with_wasm trunk "$command" --release "${offline[@]}" "$@"
}
