# SPDX-License-Identifier: MIT
# `tem --complete` prints the verbs, `tem --complete VERB` its options, and
# `tem --complete VERB --OPTION` the words that it takes, if they are fixed.
function __tem_options
    set -l said (commandline -opc)
    if string match -q -- '-*' (commandline -ct)
        tem --complete $said[2] 2>/dev/null
    else if string match -q -- '--*' $said[-1]
        tem --complete $said[2] $said[-1] 2>/dev/null
    end
end
complete -c tem -n __fish_use_subcommand -f -a '(tem --complete 2>/dev/null)'
complete -c tem -n 'not __fish_use_subcommand' -a '(__tem_options)'
