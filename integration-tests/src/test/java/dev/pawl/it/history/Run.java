package dev.pawl.it.history;

/**
 * A run of a job, from its claim on.
 *
 * @param claim the insertion of its row
 * @param end the deletion of its row; null while it goes on
 * @param taken whether another server deleted it
 */
record Run(Move claim, Move end, boolean taken) {

    long owner() {
        return claim.owner();
    }

    Run ended(Move by, boolean wasTaken) {
        return new Run(claim, by, wasTaken);
    }
}
