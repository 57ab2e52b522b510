# The browsers that the tests drive. Sourced by scripts/setup; uses its functions and variables.

leaving_out='OPENLINE_WITHOUT_BROWSERS="firefox webkit" leaves out one or both; the tests say so.'

need_browsers() {
  ask_for_browser findBrowsers.js left-out
  local left_out
  left_out=" $(printf '%s' "$answer" | tr '\n' ' ') "
  need has_chromium chromium '' 'Chromium or Google Chrome' 'runs the browser tests'
  case $left_out in
    *' firefox '*) found_firefox='without Firefox' ;;
    *) need has_firefox firefox-esr firefox 'Firefox' 'runs the browser tests in a second engine' ;;
  esac
  case $left_out in
    *' webkit '*) found_webkit='without WebKitGTK' ;;
    *)
      need has_webkit webkit2gtk-driver '' 'WebKitGTK and its WebDriver' \
        'runs the browser tests in a third engine'
      need has_command:Xvfb xvfb '' 'Xvfb' 'the display that WebKitGTK draws on'
      ;;
  esac
}

has_chromium() {
  [ -z "$found_chromium" ] || return 0
  ask_for_browser findChromium.js || return 1
  found_chromium="Chromium ${answer%% *} at ${answer#* }"
}

has_firefox() {
  [ -z "$found_firefox" ] || return 0
  ask_for_browser findBrowsers.js firefox || return 1
  local first=${answer%%$'\n'*}
  found_firefox="Firefox $first"
}

has_webkit() {
  [ -z "$found_webkit" ] || return 0
  ask_for_browser findBrowsers.js webkit || return 1
  local first=${answer%%$'\n'*}
  found_webkit="WebKitGTK $first"
}

# Leaves in `answer` what the script found. A variable of the environment that is wrong ends the
# whole set-up.
ask_for_browser() {
  local status=0
  answer=$(node "scripts/lib/$1" "${@:2}" 2>&1) || status=$?
  [ "$status" -ne 2 ] || fail "$answer Set it to what is there, or unset it."
  [ "$status" -eq 0 ]
}

report_browsers() {
  local found
  for found in "$found_chromium" "$found_firefox" "$found_webkit"; do
    [ -z "$found" ] || printf ', %s' "$found"
  done
}

# explain_browsers 'chromium firefox-esr': apt has none of these.
explain_browsers() {
  local name text=''
  for name in $1; do
    case $name in
      chromium) text="$text
  - Google Chrome: download google-chrome-stable_current_amd64.deb from
    https://www.google.com/chrome, then
    sudo apt-get install ./google-chrome-stable_current_amd64.deb
    Or set OPENLINE_CHROMIUM to the path of any other Chromium or Chrome." ;;
      firefox-esr) text="$text
  - Firefox, not as a snap: https://support.mozilla.org/kb/install-firefox-linux
    Then put it on PATH, or set OPENLINE_FIREFOX to its path.
    $leaving_out" ;;
      *) text="$text
  - $name
    $leaving_out" ;;
    esac
  done
  fail "the browser tests need what apt does not have here, or has as a snap only.
Install this, then run it again:$text
Nothing was installed."
}

explain_leaving_out() {
  case " ${missing[*]} " in
    *' firefox-esr|'* | *' webkit2gtk-driver|'* | *' xvfb|'*) printf '%s\n' "$leaving_out" >&2 ;;
  esac
}
