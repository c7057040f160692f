package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.word;

import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import java.time.Instant;

/** Sessions of browsers on the wire. */
public final class SessionJson {

    public static final AnswerShape<Session> SESSION = AnswerShape.<Session>of("Session", "A session of a browser.")
            .field("name", TEXT, session -> session.principal().name(), "The name of the token for which it stands.")
            .field(
                    "role",
                    word(Role.values(), Role::wireName),
                    session -> session.principal().role(),
                    "The role of that token.")
            .field(
                    "expires_at",
                    TIME,
                    Session::expiresAt,
                    "When it ends at the latest; 8 hours without a request end it too, and so does the end of its token.");

    public static final AnswerShape<Code> CODE = AnswerShape.<Code>of("SessionCode", "A code that opens one session.")
            .field("code", TEXT, Code::code, "The code.")
            .field("expires_at", TIME, Code::expiresAt, "When it ends, unless it is spent before.");

    private SessionJson() {}

    /** A session that was just opened. */
    public record Session(Principal principal, Instant expiresAt) {}

    /** A code that was just made. */
    public record Code(String code, Instant expiresAt) {}
}
