package dev.pawl.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Explains a value that is not of its option's type, in the words of the checks that the commands make themselves. */
final class WrongValue {
    private WrongValue() {}

    /** The sentence; empty when the failure is not about one value. */
    static Optional<String> explain(ParameterException failure) {
        ArgSpec argument = failure.getArgSpec();
        @Nullable String value = failure.getValue();
        if (argument == null || value == null) {
            return Optional.empty();
        }
        Class<?>[] parts = argument.auxiliaryTypes();
        return accepted(parts[parts.length - 1])
                .map(takes -> name(argument) + " is \"" + value + "\"; it takes " + takes + ".");
    }

    private static Optional<String> accepted(Class<?> type) {
        if (type.isEnum()) {
            return Optional.of(Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "))
                    .replaceFirst(", (?=[^,]*$)", " or "));
        }
        return type == Integer.class || type == int.class || type == Long.class || type == long.class
                ? Optional.of("a whole number")
                : Optional.empty();
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
