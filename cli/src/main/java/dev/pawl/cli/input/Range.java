package dev.pawl.cli.input;

import dev.pawl.cli.command.UsageException;

/** The numbers that an option takes, both ends included. */
public record Range(int least, int most) {

    /** Refuses a number outside the range. */
    public void check(String option, int number) throws UsageException {
        if (number < least || number > most) {
            throw new UsageException(
                    option + " is " + number + "; it takes a number from " + least + " to " + most + ".");
        }
    }
}
