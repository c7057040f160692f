package dev.pawl.cli.project;

import java.util.List;
import java.util.Optional;
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

    /** The inputs that the test gives: those that must be, and the number of steps. */
    Stream<DeclaredInput> given() {
        return all.stream().filter(input -> input.required() || isCounted(input));
    }
}
