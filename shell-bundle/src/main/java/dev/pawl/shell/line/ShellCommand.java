package dev.pawl.shell.line;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;

/**
 * A command of the shell.
 *
 * @param scope the word before the colon
 * @param name the word after it
 * @param own whether it is Pawl's, not the framework's
 * @param method the method that carries it out; empty when it is not known
 */
record ShellCommand(String scope, String name, boolean own, Optional<Method> method) {

    /** Its unique name. */
    String fullName() {
        return scope + ":" + name;
    }

    /** The sentence that describes it; empty when it has none. */
    String description() {
        return method.map(found -> found.getAnnotation(Descriptor.class))
                .map(Descriptor::value)
                .orElse("");
    }

    /** Its name with its arguments, such as {@code job:logs [-n LIMIT] ID}. */
    String usage() {
        StringBuilder usage = new StringBuilder(fullName());
        parameters().forEach(parameter -> usage.append(' ').append(word(parameter)));
        return usage.toString();
    }

    /** A line about each argument. */
    List<String> arguments() {
        List<String> lines = new ArrayList<>();
        for (var parameter : parameters()) {
            Descriptor about = parameter.getAnnotation(Descriptor.class);
            lines.add("  " + word(parameter) + "  " + (about == null ? "" : about.value()));
        }
        return lines;
    }

    private List<java.lang.reflect.Parameter> parameters() {
        return method.map(found -> Arrays.asList(found.getParameters())).orElse(List.of());
    }

    private static String word(java.lang.reflect.Parameter parameter) {
        String name = parameter.getName().toUpperCase(Locale.ROOT);
        Parameter option = parameter.getAnnotation(Parameter.class);
        if (option != null) {
            boolean flag = !option.presentValue().equals(Parameter.UNSPECIFIED);
            return "[" + option.names()[0] + (flag ? "" : " " + name) + "]";
        }
        return parameter.isVarArgs() ? "[" + name + "…]" : name;
    }
}
