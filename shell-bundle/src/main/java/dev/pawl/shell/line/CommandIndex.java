package dev.pawl.shell.line;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The commands that are registered at this moment. */
final class CommandIndex {
    private static final String SCOPE = "osgi.command.scope";
    private static final String FUNCTION = "osgi.command.function";

    private final BundleContext context;

    CommandIndex(BundleContext context) {
        this.context = context;
    }

    /** All commands, ours first, in the order of their names. */
    List<ShellCommand> all() {
        try {
            ServiceReference<?>[] found =
                    context.getAllServiceReferences(null, "(&(" + SCOPE + "=*)(" + FUNCTION + "=*))");
            TreeSet<ShellCommand> commands =
                    new TreeSet<>(Comparator.comparing((ShellCommand command) -> !command.own())
                            .thenComparing(ShellCommand::fullName));
            if (found != null) {
                Arrays.stream(found).flatMap(this::commands).forEach(commands::add);
            }
            return List.copyOf(commands);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("The filter is a constant.", e);
        }
    }

    /** Pawl's own commands. */
    List<ShellCommand> own() {
        return all().stream().filter(ShellCommand::own).toList();
    }

    /** The command with a full name, or with a name that only one of them has. */
    Optional<ShellCommand> find(String name) {
        List<ShellCommand> fitting = all().stream()
                .filter(command ->
                        command.fullName().equals(name) || command.name().equals(name))
                .toList();
        return fitting.stream()
                .filter(command -> command.fullName().equals(name))
                .findFirst()
                .or(() -> fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty());
    }

    private Stream<ShellCommand> commands(ServiceReference<?> reference) {
        boolean own = context.getBundle().equals(reference.getBundle());
        String scope = String.valueOf(reference.getProperty(SCOPE));
        Object functions = reference.getProperty(FUNCTION);
        return names(functions)
                .map(name -> new ShellCommand(scope, name, own, own ? method(reference, name) : Optional.empty()));
    }

    private static Stream<String> names(Object functions) {
        return functions.getClass().isArray()
                ? IntStream.range(0, Array.getLength(functions)).mapToObj(i -> String.valueOf(Array.get(functions, i)))
                : Stream.of(String.valueOf(functions));
    }

    private Optional<Method> method(ServiceReference<?> reference, String name) {
        Object commands = context.getService(reference);
        if (commands == null) {
            return Optional.empty(); // gone meanwhile
        }
        try {
            return Arrays.stream(commands.getClass().getMethods())
                    .filter(method -> method.getName().equals(name) && method.isAnnotationPresent(Descriptor.class))
                    .findFirst();
        } finally {
            context.ungetService(reference);
        }
    }
}
