package dev.pawl.cli.input;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Takes {@code KEY=VALUE} into a map, each key once: of two values one would be lost without a word. */
public final class OnceEach implements IParameterConsumer {

    @Override
    @SuppressWarnings("JdkObsolete") // picocli's own type
    public void consumeParameters(Stack<String> arguments, ArgSpec argument, CommandSpec command) {
        String option = argument instanceof OptionSpec spec ? spec.shortestName() : argument.paramLabel();
        if (arguments.isEmpty()) {
            throw new ParameterException(command.commandLine(), option + " takes KEY=VALUE.");
        }
        String text = arguments.pop();
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new ParameterException(command.commandLine(), option + " is \"" + text + "\"; it takes KEY=VALUE.");
        }
        Map<String, String> values = new LinkedHashMap<>(argument.<Map<String, String>>getValue());
        String name = text.substring(0, equals);
        for (String other : values.keySet()) {
            if (published(other).equals(published(name))) {
                throw new ParameterException(
                        command.commandLine(),
                        option + " gives "
                                + (other.equals(name)
                                        ? "\"" + name + "\" twice"
                                        : "\"" + other + "\" and \"" + name + "\", which are one name")
                                + "; give it once.");
            }
        }
        values.put(name, text.substring(equals + 1));
        argument.setValue(values);
    }

    /** A name is published in snake_case; the camelCase of the module's code means the same. */
    static String published(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
