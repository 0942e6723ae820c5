# SPDX-License-Identifier: MIT
# `tem --complete` prints the verbs, `tem --complete VERB` its options.
function __tem_options
    set -l verb (commandline -opc)[2]
    string match -q -- '-*' (commandline -ct); and tem --complete $verb 2>/dev/null
end
complete -c tem -n __fish_use_subcommand -f -a '(tem --complete 2>/dev/null)'
complete -c tem -n 'not __fish_use_subcommand' -a '(__tem_options)'
