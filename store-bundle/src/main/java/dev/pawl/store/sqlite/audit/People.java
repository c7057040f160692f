package dev.pawl.store.sqlite.audit;

import dev.pawl.service.job.JobAuthors.Author;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The numbers by which jobs name those who start and stop them. Used on the writer's thread. */
public final class People {

    private static final String FIND = "SELECT n FROM people WHERE id = ? AND name = ?";
    private static final String ADD = "INSERT INTO people (id, name) VALUES (?, ?)";

    /** More than act at a time; the others are looked up. */
    private static final int MOST_KNOWN = 1_000;

    private final Map<Author, Long> known = new HashMap<>();

    /** The number of a person, which gets one when it has none yet. */
    public long number(Session session, Author person) throws SQLException {
        Long number = known.get(person);
        if (number == null) {
            number = find(session, person);
            if (number == 0) {
                session.update(ADD, person.id(), person.name());
                number = find(session, person);
            }
            if (known.size() >= MOST_KNOWN) {
                known.clear();
            }
            known.put(person, number);
        }
        return number;
    }

    private static long find(Session session, Author person) throws SQLException {
        return session.number(FIND, person.id(), person.name());
    }

    /** The transaction in which some got their numbers was undone. */
    public void forget() {
        known.clear();
    }
}
