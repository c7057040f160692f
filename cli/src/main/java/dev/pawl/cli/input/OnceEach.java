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

/** Reads {@code KEY=VALUE} into a map. Duplicate keys are refused, since one value would be lost silently. */
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
                                        : "\"" + other + "\" and \"" + name + "\", which are the same name")
                                + "; give it once.");
            }
        }
        values.put(name, text.substring(equals + 1));
        argument.setValue(values);
    }

    /** Normalises a name: names are published in snake_case, and the camelCase of the module's code is equivalent. */
    public static String published(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
