package dev.pawl.store.postgres.answer;

import dev.pawl.service.job.RequestKey;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.KeptAnswers;
import dev.pawl.service.store.KeptAnswers.KeptAnswer;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The rows of kept answers. Newer rows have greater numbers, nearly: those of two servers at the same moment come in any order. */
public final class AnswerRows {

    private static final String FIND = "SELECT digest, answer FROM kept_answers WHERE key = ?";

    /** Waits for another server that keeps an answer under the key at this moment: its end decides which of the two it is. */
    private static final String KEEP =
            "INSERT INTO kept_answers (key, digest, at, answer) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING";

    private static final String FORGET = """
            DELETE FROM kept_answers WHERE n IN (SELECT o.n FROM (SELECT n, at FROM kept_answers ORDER BY n LIMIT ?) o \
            WHERE o.at < ? OR o.n <= (SELECT max(n) FROM kept_answers) - ?)\
            """;

    private AnswerRows() {}

    public static Optional<KeptAnswer> find(Session session, String key) throws SQLException {
        return session.first(
                FIND, row -> new KeptAnswer(Session.presentText(row, 1), Session.presentText(row, 2)), key);
    }

    /** Keeps an answer, unless there is one under its key, also one of another server. */
    public static void keep(Session session, RequestKey key, String json) throws SQLException {
        if (session.update(KEEP, key.key(), key.digest(), Micros.of(key.at()), json) == 0) {
            throw new ProblemException(
                    ProblemCode.REQUEST_UNDER_WAY, "A request with this Idempotency-Key was answered at this moment.");
        }
    }

    public static int forget(Session session, Instant before, int most) throws SQLException {
        return session.update(FORGET, most, Micros.of(before), KeptAnswers.MOST);
    }
}
