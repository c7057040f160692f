package dev.pawl.store.sqlite.answer;

import dev.pawl.service.job.RequestKey;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.KeptAnswers;
import dev.pawl.service.store.KeptAnswers.KeptAnswer;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The rows of kept answers. Newer rows have greater numbers, so that the oldest ones are found without an index. */
public final class AnswerRows {

    private static final String FIND = "SELECT digest, answer FROM kept_answers WHERE key = ?";
    private static final String KEEP = """
            INSERT INTO kept_answers (key, digest, at, answer) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING\
            """;
    private static final String FORGET = """
            DELETE FROM kept_answers WHERE n IN (SELECT n FROM (SELECT n, at FROM kept_answers ORDER BY n LIMIT ?) \
            WHERE at < ? OR n <= (SELECT max(n) FROM kept_answers) - ?)\
            """;

    private AnswerRows() {}

    public static Optional<KeptAnswer> find(Session session, String key) throws SQLException {
        return session.first(FIND, row -> new KeptAnswer(row.getString(1), row.getString(2)), key);
    }

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
