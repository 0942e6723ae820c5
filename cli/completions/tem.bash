# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# `tem --complete` prints the verbs, `tem --complete VERB` its options, and
# `tem --complete VERB --OPTION` the words that it takes, if they are fixed.
_tem() {
    local word=${COMP_WORDS[COMP_CWORD]} before='' words=''
    [ "$COMP_CWORD" -gt 1 ] && before=${COMP_WORDS[COMP_CWORD - 1]}
    if [ "$COMP_CWORD" -eq 1 ]; then
        words=$("${COMP_WORDS[0]}" --complete 2>/dev/null)
    elif [[ $word == -* ]]; then
        words=$("${COMP_WORDS[0]}" --complete "${COMP_WORDS[1]}" 2>/dev/null)
    elif [[ $before == --* ]]; then
        words=$("${COMP_WORDS[0]}" --complete "${COMP_WORDS[1]}" "$before" 2>/dev/null)
    fi
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
complete -o default -o bashdefault -F _tem tem
