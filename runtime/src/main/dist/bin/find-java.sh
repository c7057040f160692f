# Read by the scripts that start Java: finds one that is new enough.

fail() {
    printf 'pawl: %s\n' "$1" >&2
    exit 1
}

# Prints the folder that a file is in, through symbolic links.
folder_of() {
    file=$1
    while [ -h "$file" ]; do
        link=$(readlink "$file")
        case $link in
            /*) file=$link ;;
            *) file=$(dirname "$file")/$link ;;
        esac
    done
    (cd "$(dirname "$file")" && pwd -P)
}

# Prints the feature version of a Java, such as 17; nothing when it cannot be told.
version_of() {
    text=
    release=$(folder_of "$1")/../release
    if [ -r "$release" ]; then # reading a file is much faster than asking the JVM
        text=$(sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$release")
    fi
    if [ -z "$text" ]; then
        text=$("$1" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1) || text=
    fi
    text=${text#1.}
    printf '%s' "${text%%[!0-9]*}"
}

# Sets java and java_version to the first Java that is new enough: the distribution's own where it has one, JAVA_HOME, then the PATH. The own one
# has no compiler; it comes last where compiler=needed.
find_java() {
    seen=
    own=${home:+$home/jre/bin/java}
    [ -n "$own" ] && [ -e "$own" ] || own=
    last=
    if [ "${compiler:-}" = needed ]; then
        last=$own
        own=
    fi
    for java in "$own" "${JAVA_HOME:+$JAVA_HOME/bin/java}" "$(command -v java || true)" "$last"; do
        if [ -z "$java" ]; then
            continue
        fi
        if [ ! -x "$java" ]; then
            seen="$seen $java is not there."
            continue
        fi
        java_version=$(version_of "$java")
        if [ -n "$java_version" ] && [ "$java_version" -ge 17 ]; then
            return
        fi
        seen="$seen $java has version ${java_version:-unknown}."
    done
    fail "Java 17 or newer is needed, in JAVA_HOME or on the PATH.${seen:- There is none.}"
}
