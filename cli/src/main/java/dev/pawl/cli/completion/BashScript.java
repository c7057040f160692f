package dev.pawl.cli.completion;

import dev.pawl.cli.completion.CommandTree.Node;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script for bash, and for zsh, which understands bash's. All but the values of a server is in the script itself. */
final class BashScript {
    private static final String ZSH = """
            #compdef pawl
            autoload -U +X bashcompinit && bashcompinit
            """;

    private static final String FUNCTIONS = """
            # What only a server knows, kept for ten seconds: asking takes a quarter of a second.
            _pawl_values() {
                if [[ "$*" != "${_pawl_asked-}" || $((SECONDS - ${_pawl_at:-0})) -gt 10 ]]; then
                    _pawl_found=$(pawl __values "$@" 2>/dev/null </dev/null)
                    _pawl_asked="$*"
                    _pawl_at=$SECONDS
                fi
            }

            _pawl() {
                [[ -n ${ZSH_VERSION-} ]] && setopt localoptions ksharrays shwordsplit
                local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} path= module= word i
                local commands= options= values= kind= words=
                _pawl_asked=${_pawl_asked-}
                for ((i = 1; i < COMP_CWORD; i++)); do
                    word=${COMP_WORDS[i]}
                    case " $path $word" in
            @PATHS@) path="${path:+$path }$word" ;;
                        *) [[ $path == run && $word != -* && -z $module ]] && module=$word ;;
                    esac
                done
                _pawl_table "$path" "$prev"
                if [[ $kind == inputs ]]; then
                    [[ -n $module ]] && _pawl_values inputs "$module" && words=$_pawl_found
                    type compopt &>/dev/null && compopt -o nospace 2>/dev/null
                elif [[ -n $kind ]]; then
                    _pawl_values "$kind" && words=$_pawl_found
                elif [[ $values == words:* ]]; then
                    words=${values#words:}
                elif [[ $values == files ]]; then
                    COMPREPLY=($(compgen -f -- "$cur"))
                    return
                elif [[ $cur == -* ]]; then
                    words=$options
                elif [[ -n $commands ]]; then
                    words=$commands
                else
                    _pawl_arguments "$path"
                    if [[ -n $kind ]]; then
                        _pawl_values "$kind" && words=$_pawl_found
                    else
                        COMPREPLY=($(compgen -f -- "$cur"))
                        return
                    fi
                fi
                COMPREPLY=()
                for word in $words; do
                    if [[ $word == "$cur"* ]]; then
                        COMPREPLY+=("$word")
                    fi
                done
            }
            """;

    private final List<Node> nodes;

    BashScript(CommandTree tree) {
        nodes = tree.nodes();
    }

    String bash() {
        return FUNCTIONS.replace("@PATHS@", paths()) + "\n" + table() + "\n" + arguments()
                + "\ncomplete -F _pawl pawl\n";
    }

    String zsh() {
        return ZSH + bash();
    }

    private String paths() {
        return nodes.stream()
                .map(Node::path)
                .filter(path -> !path.isEmpty())
                .map(path -> path.contains(" ") ? "\" " + path + "\"" : "\"  " + path + "\"")
                .collect(Collectors.joining(" | ", "            ", ""));
    }

    /** The function that sets what follows a command, or an option of it. */
    private String table() {
        StringBuilder script = new StringBuilder("_pawl_table() {\n    case $1 in\n");
        for (Node node : nodes) {
            script.append("        \"")
                    .append(node.path())
                    .append("\")\n")
                    .append("            commands=\"")
                    .append(String.join(" ", node.commands()))
                    .append("\"\n")
                    .append("            options=\"")
                    .append(String.join(" ", names(node)))
                    .append("\"\n");
            String cases = node.options().stream()
                    .filter(ValueKind::takesValue)
                    .map(BashScript::ofOption)
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.joining());
            if (!cases.isEmpty()) {
                script.append("            case $2 in\n").append(cases).append("            esac\n");
            }
            script.append("            ;;\n");
        }
        return script.append("    esac\n}\n").toString();
    }

    private static Set<String> names(Node node) {
        return node.options().stream().map(OptionSpec::longestName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String ofOption(OptionSpec option) {
        ValueKind kind = ValueKind.of(option);
        String set = kind != ValueKind.NONE
                ? "kind=" + kind.word()
                : "values=\"" + (option.type().isEnum() || isEnumList(option) ? "words:" + words(option) : "files")
                        + "\"";
        return "                " + String.join(" | ", new LinkedHashSet<>(Arrays.asList(option.names()))) + ") " + set
                + " ;;\n";
    }

    private static boolean isEnumList(OptionSpec option) {
        return Stream.of(option.auxiliaryTypes()).anyMatch(Class::isEnum);
    }

    /** The words of an option that takes one of some. */
    static String words(OptionSpec option) {
        return Stream.of(option.auxiliaryTypes())
                .filter(Class::isEnum)
                .flatMap(type -> Stream.of(type.getEnumConstants()))
                .map(constant -> String.valueOf(constant).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }

    /** The function that sets the kind of a command's arguments. */
    private String arguments() {
        return "_pawl_arguments() {\n    case $1 in\n"
                + nodes.stream()
                        .filter(node -> ValueKind.of(node.command()) != ValueKind.NONE)
                        .map(node -> "        \"" + node.path() + "\") kind="
                                + ValueKind.of(node.command()).word() + " ;;\n")
                        .collect(Collectors.joining())
                + "    esac\n}\n";
    }
}
