# shellcheck shell=sh
# Sourced by the stand-ins in .ci/tools.

# real_tool NAME: the path of the first NAME on PATH that is not the stand-in itself.
real_tool() {
  here=$(cd "$(dirname "$0")" && pwd)
  IFS=:
  for folder in $PATH; do
    if [ "$folder" != "$here" ] && [ -x "$folder/$1" ]; then
      unset IFS
      printf '%s\n' "$folder/$1"
      return
    fi
  done
  unset IFS
  echo "error: $1 is missing: .ci/setup build installs it" >&2
  return 127
}
