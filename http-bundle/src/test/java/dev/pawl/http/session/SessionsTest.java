package dev.pawl.http.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.http.auth.Credential;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SessionsTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000); // the clock passes its greatest value
    private final Sessions sessions = new Sessions(now::get);

    @Test
    void aSessionEndsWithItsToken() {
        var inForce = new AtomicBoolean(true);
        Session session = session(open(token("ci", inForce)));
        assertEquals("ci", session.principal().id());
        assertTrue(session.isInForce());

        inForce.set(false);
        assertFalse(session.isInForce());
    }

    @Test
    void aSessionEndsAfterEightHoursWithoutARequest() {
        OpenedSession opened = open(token("ci"));
        for (int i = 0; i < 4; i++) {
            pass(Sessions.IDLE.minusSeconds(1));
            session(opened).used();
        }
        pass(Sessions.IDLE);
        assertTrue(sessions.find(opened.secret()).isEmpty());
    }

    @Test
    void aSessionInUseEndsAfterAWeek() {
        OpenedSession opened = open(token("ci"));
        Session session = session(opened);
        Duration step = Duration.ofHours(1);
        for (Duration spent = step; spent.compareTo(Sessions.LONGEST) < 0; spent = spent.plus(step)) {
            pass(step);
            session(opened).used();
        }
        pass(step);
        assertFalse(session.isInForce());
    }

    @Test
    void aSessionThatIsOpenedBySessionsLastsNoLongerThanTheFirst() {
        OpenedSession first = open(token("ci"));
        pass(Sessions.IDLE.minusHours(1));
        OpenedSession second = sessions.open(sessions.basis(session(first)));
        assertEquals(first.atMost().minus(Sessions.IDLE).plusHours(1), second.atMost());
        assertNotEquals(first.secret(), second.secret());
    }

    @Test
    void ofTooManySessionsOfOneIdentityTheOneThatWasUsedTheLongestAgoEnds() {
        OpenedSession other = open(token("other"));
        List<OpenedSession> opened = new ArrayList<>();
        for (int i = 0; i < Sessions.MOST_OF_ONE; i++) {
            opened.add(open(token("ci")));
            pass(Duration.ofSeconds(1));
        }
        session(opened.get(0)).used();
        Session second = session(opened.get(1));
        open(token("ci"));

        assertFalse(second.isInForce(), "what goes on with it ends too");
        assertTrue(sessions.find(opened.get(1).secret()).isEmpty());
        assertTrue(sessions.find(opened.get(0).secret()).isPresent());
        assertTrue(sessions.find(other.secret()).isPresent(), "nobody is pushed out by somebody else");
    }

    @Test
    void thereAreNoMoreSessionsThanTheLimitInAll() {
        List<OpenedSession> opened = new ArrayList<>();
        for (int i = 0; i <= Sessions.MOST; i++) {
            opened.add(open(token("token " + i)));
            pass(Duration.ofNanos(1));
        }
        assertTrue(sessions.find(opened.get(0).secret()).isEmpty());
        assertTrue(sessions.find(opened.get(1).secret()).isPresent());
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private OpenedSession open(Credential credential) {
        return sessions.open(sessions.basis(credential));
    }

    private Session session(OpenedSession opened) {
        return sessions.find(opened.secret()).orElseThrow();
    }

    static Credential token(String id) {
        return token(id, new AtomicBoolean(true));
    }

    static Credential token(String id, AtomicBoolean inForce) {
        return new Credential() {
            @Override
            public Principal principal() {
                return new Principal(id, id, Role.OPERATOR);
            }

            @Override
            public boolean isInForce() {
                return inForce.get();
            }
        };
    }
}
