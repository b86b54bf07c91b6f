#!/usr/bin/env bash
# Installs the libraries into a fresh prefix, compiles the first C++ block of README.md against them as a stranger would
# (find_package(brygga)), runs it on a fixture and compares what it prints.
set -euo pipefail
source=$1 binary=$2 compiler=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$binary" --prefix "$work/prefix" >/dev/null
awk '/^```cpp$/ {inside = 1; next} /^```$/ && inside {exit} inside' "$source/README.md" >"$work/main.cpp"
[ -s "$work/main.cpp" ] || { echo "README.md has no C++ example"; exit 1; }
cat >"$work/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.25)
project(stranger LANGUAGES CXX)
find_package(brygga REQUIRED)
add_executable(stranger main.cpp)
target_link_libraries(stranger PRIVATE brygga::formats brygga::mapping brygga::connectors)
CMAKE
cmake -S "$work" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_CXX_COMPILER="$compiler" \
    -DCMAKE_CXX_FLAGS="${BRYGGA_STRANGER_FLAGS:-}" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
cmake --build "$work/build" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
printed=$("$work/build/stranger" "$source/fixtures/bgmax/example-7.1.txt")
expected="accepted, 2 payments, 204950 öre"
[ "$printed" = "$expected" ] || { printf 'printed:  %s\nexpected: %s\n' "$printed" "$expected"; exit 1; }
