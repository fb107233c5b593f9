# shellcheck shell=bash
# What both launchers of kg share: the one in a source tree and the one in an installation.
# Read by bash 3.2 or newer. Starts no process but Java itself once everything is prepared.

# Options of the JVM that every command is started with. The JVM logs nothing: a class-data archive that does
# not fit is no news to anybody, kg is only slower without.
jvm_options=(
  -XX:+UseSerialGC
  -XX:-UsePerfData
  -Xlog:disable
)

fail() {
  printf 'kg: ' >&2
  printf '%s\n' "$@" >&2
  exit 1
}

# The feature version (21, 25, …) of the JDK or JRE in a folder, without starting it; 0 for none.
java_version_in() {
  java_release=''
  java_feature=0
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
  local line
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        line=${line#JAVA_VERSION=}
        line=${line//\"/}
        java_release=${line%$'\r'}
        java_feature=${java_release%%[!0-9]*}
        java_feature=${java_feature:-0}
        return 0
        ;;
    esac
  done <"$1/release"
}

# Sets path_home: the folder that the java in the PATH belongs to, through all links.
java_home_of_path() {
  local file link
  path_home=''
  type -P java >/dev/null || return 0
  file=$(type -P java)
  while [ -L "$file" ]; do
    link=$(readlink "$file")
    case $link in
      /*) file=$link ;;
      *) file=${file%/*}/$link ;;
    esac
  done
  file=${file%/bin/java}
  path_home=${file%/jre}
}

# Sets java_home and java_release: JAVA_HOME if it will do, else the java in the PATH, else the newest one
# in the places where they are usually installed.
find_java() {
  local home best=0 best_home='' best_release=''
  java_version_in "${JAVA_HOME:-}"
  if [ "$java_feature" -ge 21 ]; then
    java_home=$JAVA_HOME
    return 0
  fi
  java_home_of_path
  java_version_in "$path_home"
  if [ "$java_feature" -ge 21 ]; then
    java_home=$path_home
    return 0
  fi
  for home in \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.asdf/installs/java/* \
    "${HOME:-}"/.local/share/mise/installs/java/* "${HOME:-}"/.gradle/jdks/*; do
    java_version_in "$home"
    if [ "$java_feature" -ge 21 ] && [ "$java_feature" -gt "$best" ]; then
      best=$java_feature best_home=$home best_release=$java_release
    fi
  done
  if [ "$best" -eq 0 ]; then
    fail 'Java 21 or newer is needed, and there is none in JAVA_HOME, in the PATH, or where it is usually installed.' \
      'Install any JDK from 21 on, or set JAVA_HOME to the folder of one.'
  fi
  java_home=$best_home java_release=$best_release
}

# Sets kg_jar: the archive that names all others of an installation in its manifest. (It also allows native
# access: as an option of the command line that would cost Java its archived module graph.)
find_kg_jar() {
  local jars=("$1"/lib/kg-cli-*.jar)
  kg_jar=${jars[0]}
}

# Sets archive and native: where the class-data archive and SQLite's native library are, made for this
# installation and this Java. They lie beside lib, or in the user's cache where one cannot write there.
find_prepared() {
  local folder=$1 name=kg-java-$java_release.jsa driver=("$1"/lib/sqlite-jdbc-*.jar)
  if [ ! -e "$folder/$name" ] && [ ! -w "$folder" ]; then
    folder=${XDG_CACHE_HOME:-${HOME:-}/.cache}/kg/${1//\//-}
  fi
  archive=$folder/$name
  native=${driver[0]##*/}
  native=$folder/${native%.jar}
}

# Makes both: one JVM runs some commands of every kind, keeps what it has loaded, and unpacks the library.
# Without success it leaves an empty file, which Java ignores and which keeps us from trying again.
prepare() {
  local folder=${archive%/*} new=$archive.$$
  mkdir -p "$folder" 2>/dev/null && [ -w "$folder" ] || return 0
  "$java_home/bin/java" "${jvm_options[@]}" -XX:TieredStopAtLevel=1 -XX:ArchiveClassesAtExit="$new" \
    -cp "$kg_jar" dev.knowledgegraph.cli.Training "$native" </dev/null >/dev/null 2>&1 || : >"$new"
  [ -e "$new" ] || : >"$new"
  mv -f "$new" "$archive"
}

# Becomes kg: start_kg INSTALLATION ARGUMENT…
start_kg() {
  local home=$1 word
  shift
  find_kg_jar "$home"
  find_prepared "$home"
  [ -e "$archive" ] || prepare

  # Short commands are over before the optimizing compiler has paid for itself, long ones need it.
  local tiers=-XX:TieredStopAtLevel=1
  for word in "$@"; do
    case $word in
      import | export | batch | demo | bench | restore | reindex | doctor | compact) tiers=-XX:+TieredCompilation ;;
      rank | communities | chains | impact | link | report) tiers=-XX:+TieredCompilation ;;
    esac
  done

  # Where the notes of the tour are: kg demo.
  export KG_HOME=${KG_HOME:-$home}

  # Colours, moving bars and tables as wide as the window are for people. Java cannot ask how wide that is;
  # bash learns it from the terminal after any command.
  if [ "${TERM:-dumb}" != dumb ]; then
    if [ -t 1 ] || [ -t 2 ]; then
      shopt -s checkwinsize
      (:)
    fi
    if [ -t 1 ]; then export KG_TERMINAL=${COLUMNS:-80}; fi
    if [ -t 2 ]; then export KG_ERROR_TERMINAL=${COLUMNS:-80}; fi
  fi

  # In a plain C locale Java cannot read names and arguments that are not ASCII.
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    '' | C | POSIX) export LC_ALL=C.UTF-8 ;;
  esac

  # shellcheck disable=SC2086 # KG_JAVA_OPTIONS holds several options.
  exec "$java_home/bin/java" "${jvm_options[@]}" "$tiers" -XX:SharedArchiveFile="$archive" \
    -Dorg.sqlite.lib.path="$native" ${KG_JAVA_OPTIONS:-} -jar "$kg_jar" "$@"
}
