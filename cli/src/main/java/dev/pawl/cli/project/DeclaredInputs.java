package dev.pawl.cli.project;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The inputs of a new module, and what its sample code does with them.
 *
 * @param all all of them, in the order in which they were declared
 */
record DeclaredInputs(List<DeclaredInput> all) {

    /** The number of steps when no input says it. */
    static final int STEPS = 3;

    DeclaredInputs {
        all = List.copyOf(all);
    }

    /** The input that says how many steps there are. */
    Optional<DeclaredInput> counting() {
        return all.stream().filter(DeclaredInput::canCount).findFirst();
    }

    /** The input that each result shows. */
    Optional<DeclaredInput> shown() {
        return all.stream().filter(DeclaredInput::canBeShown).findFirst();
    }

    /** Whether an input says how many steps there are. */
    boolean isCounted(DeclaredInput input) {
        return counting().filter(input::equals).isPresent();
    }

    /** Whether the code reads any. */
    boolean areRead() {
        return counting().isPresent() || shown().isPresent();
    }

    /** The options that give a job what it must have, each after a space; empty when there is none. */
    String options() {
        return all.stream()
                .filter(DeclaredInput::required)
                .map(input -> " -i " + optionValue(input))
                .collect(Collectors.joining());
    }

    private static String optionValue(DeclaredInput input) {
        String value = input.kind().typed();
        return value.startsWith("'") ? "'" + input.name() + "=" + value.substring(1) : input.name() + "=" + value;
    }

    /** The inputs that the test gives: those that must be, and the number of steps. */
    Stream<DeclaredInput> given() {
        return all.stream().filter(input -> input.required() || isCounted(input));
    }
}
