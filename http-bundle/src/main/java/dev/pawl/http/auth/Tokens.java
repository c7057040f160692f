package dev.pawl.http.auth;

import dev.pawl.http.auth.TokenTable.Place;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.data.DocumentCheck;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.DocumentObserver;
import dev.pawl.service.store.DocumentStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens by which callers are known: the one of the data folder, and those in the documents of owner {@value #OWNER}, each named by the
 * hash of its secret. They are read when the first caller shows one that is not the data folder's, and again when another server has changed
 * them: for one that is not known here at once, for the end of one that is with the next look. Safe for use by several threads.
 */
public final class Tokens implements DocumentObserver {

    /** The owner of the documents that hold tokens. */
    public static final String OWNER = "pawl:tokens";

    /** The most tokens beside the one of the data folder. */
    public static final int MOST = 20_000;

    /** Lets no use be stored of a token that another server has ended: that would bring it back. */
    private static final DocumentCheck IN_FORCE = present -> {
        if (present == null) {
            throw new ProblemException(ProblemCode.UNKNOWN_TOKEN, "The token has ended.");
        }
    };

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    private final AdminToken admin;
    private final Supplier<Optional<DocumentStore>> documents;
    private final InstantSource clock;
    private final AtomicLong ownChanges = new AtomicLong();
    private volatile @Nullable TokenTable table;
    private volatile boolean stale; // another server has changed tokens since they were read

    private Tokens(AdminToken admin, Supplier<Optional<DocumentStore>> documents, InstantSource clock) {
        this.admin = admin;
        this.documents = documents;
        this.clock = clock;
    }

    /** Reads the admin token of the data folder, or creates it. */
    public static Tokens in(Path folder, Supplier<Optional<DocumentStore>> documents, InstantSource clock)
            throws IOException {
        return new Tokens(AdminToken.in(folder, clock), documents, clock);
    }

    /**
     * The token with this secret, which may have ended; a use of it is noted.
     *
     * @throws ProblemException {@code PART_MISSING} while the tokens cannot be read, since a good one must not be taken for a wrong one
     */
    public Optional<Credential> find(String secret) {
        TokenHash hash = TokenHash.of(secret);
        Optional<LiveToken> found = admin.find(hash).or(() -> known(hash)).or(() -> table().find(hash));
        found.ifPresent(LiveToken::used);
        return found.map(token -> token);
    }

    /**
     * Proves knowledge of the admin token without revealing it; empty while there is none.
     *
     * @param host the requested address, from the request's Host header
     * @param challenge the random text of the other side
     */
    public Optional<String> proof(String host, String challenge) {
        return admin.proof(host, challenge);
    }

    /** Makes a token; it is on disk, and in force, when the future completes. */
    public synchronized CompletionStage<IssuedToken> create(NewToken request) {
        TokenTable all = table();
        if (all.size() >= MOST) {
            throw new ProblemException(
                    ProblemCode.TOKEN_REFUSED, "There are " + MOST + " tokens, the most there can be.");
        }
        if (request.role() == Role.WORKER) {
            refuseOverlap(all, request.name());
        }
        String secret = TokenSecret.random();
        TokenHash hash = TokenHash.of(secret);
        if (all.document(hash.id()).isPresent()) {
            return create(request); // another secret has the same first digits
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var token = new Token(
                new Principal(hash.id(), request.name(), request.role(), request.bounds()),
                now,
                request.expiresIn().map(now::plus).orElse(null),
                null);
        return all.store()
                .put(OWNER, hash.hex(), TokenDocument.write(token), audited(token))
                .thenApply(stored -> {
                    var made = new LiveToken(token, clock);
                    changeOwn(known -> known.add(hash, made));
                    return new IssuedToken(token, secret);
                });
    }

    /** The workers of two tokens must not be the same ones, unless one token is to replace the other. */
    private static void refuseOverlap(TokenTable all, String name) {
        all.after(null)
                .map(Token::principal)
                .filter(other -> other.role() == Role.WORKER && !other.name().equals(name))
                .filter(other -> other.speaksFor(name) || new Principal("", name, Role.WORKER).speaksFor(other.name()))
                .findFirst()
                .ifPresent(other -> {
                    throw new ProblemException(
                            ProblemCode.TOKEN_REFUSED,
                            "The token \"" + other.name() + "\" speaks for workers whose ids begin with its name; \""
                                    + name + "\" would be for some of them too.");
                });
    }

    private static @Nullable AuditedChange audited(Token made) {
        AuditedChange change = AuditedChange.current();
        if (change != null) {
            change.describe("made " + made.principal().id() + ", named "
                    + made.principal().name() + ", with the role "
                    + made.principal().role().wireName());
        }
        return change;
    }

    /**
     * Ends a token. It is refused from now on, even when the store takes no writes; then the future fails, and after a restart the token would be
     * in force again until this has succeeded.
     */
    public synchronized CompletionStage<Void> revoke(String id) {
        if (id.equals(AdminToken.ID)) {
            throw new ProblemException(
                    ProblemCode.TOKEN_REFUSED,
                    "The admin token of the data folder is the last one that can let an admin in; it can only be replaced.");
        }
        TokenTable all = table();
        String document = all.document(id)
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.UNKNOWN_TOKEN, "There is no token \"" + id + "\"."));
        all.token(document).ifPresent(LiveToken::revoke);
        return all.store()
                .delete(OWNER, document, AuditedChange.current())
                .thenAccept(deleted -> changeOwn(known -> known.remove(id)));
    }

    /** Changes the tokens in memory as this process has changed the stored ones; those that are being read meanwhile are read again. */
    private void changeOwn(Consumer<TokenTable> change) {
        ownChanges.incrementAndGet();
        TokenTable known = table;
        if (known != null) {
            change.accept(known);
        }
    }

    /** Replaces the admin token of the data folder; the old one has ended when this returns. */
    public IssuedToken rotate() throws IOException {
        return admin.rotate();
    }

    /**
     * Tokens in the order of their names, the one of the data folder among them.
     *
     * @param cursor the start of the page, from the page before; empty for the first
     */
    public TokenPage page(Optional<String> cursor, int limit) {
        Place after = cursor.map(Tokens::place).orElse(null);
        List<Token> found = Stream.concat(
                        admin.token().stream().filter(token -> after == null || after.compareTo(Place.of(token)) < 0),
                        table().after(after).limit(limit + 1L))
                .sorted((one, other) -> Place.of(one).compareTo(Place.of(other)))
                .toList();
        return found.size() <= limit
                ? new TokenPage(found, null)
                : new TokenPage(found.subList(0, limit), cursor(found.get(limit - 1)));
    }

    /** The token with this id, without its secret; empty when it has just been removed. */
    public Optional<Token> token(String id) {
        if (id.equals(AdminToken.ID)) {
            return admin.token();
        }
        TokenTable all = table();
        return all.document(id).flatMap(all::token).map(LiveToken::token);
    }

    /** Looks whether the file of the admin token was replaced, and whether another server has changed tokens; called every second. */
    public void look() {
        admin.look();
        if (stale && documents.get().isPresent()) {
            table();
        }
    }

    @Override
    public void changedElsewhere(String owner) {
        stale = true;
    }

    /**
     * Stores the latest uses of the tokens; called every minute. No request waits for it, and what is not stored when the process is killed is
     * lost.
     */
    public synchronized void saveUses() {
        TokenTable all = table;
        if (all == null) {
            return;
        }
        all.all().forEach((hash, token) -> {
            if (!token.isRevoked() && token.takeUnsavedUse()) { // a write after the deletion would bring it back
                var unused = all.store()
                        .put(OWNER, hash.hex(), TokenDocument.write(token.token()), IN_FORCE)
                        .whenComplete((stored, failure) -> {
                            if (failure != null) {
                                LOG.debug("The last use of a token is not stored", failure);
                            }
                        });
            }
        });
    }

    private Optional<LiveToken> known(TokenHash hash) {
        return present().flatMap(known -> known.find(hash));
    }

    private TokenTable table() {
        return present().filter(known -> !stale).orElseGet(this::read);
    }

    /** The tokens that were read from the store that there is; it may be gone, but there is no other one. */
    private Optional<TokenTable> present() {
        TokenTable known = table;
        Optional<DocumentStore> store = documents.get();
        return known != null && (store.isEmpty() || known.store() == store.get())
                ? Optional.of(known)
                : Optional.empty();
    }

    private synchronized TokenTable read() {
        DocumentStore store = documents
                .get()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.PART_MISSING, "The tokens cannot be read yet, because the store is missing."));
        TokenTable known = table;
        if (known == null || known.store() != store) {
            store.observe(OWNER, this);
        }
        if (known == null || known.store() != store || stale) {
            long changes = ownChanges.get();
            stale = false;
            boolean isRead = false;
            try {
                known = TokenTable.read(store, known, clock);
                table = known;
                isRead = true;
            } finally {
                if (!isRead || ownChanges.get() != changes) {
                    stale = true;
                }
            }
        }
        return known;
    }

    private static String cursor(Token last) {
        String place = last.principal().name() + "\n" + last.principal().id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    private static Place place(String cursor) {
        try {
            String place = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int end = place.indexOf('\n');
            if (end > 0) {
                return new Place(place.substring(0, end), place.substring(end + 1));
            }
        } catch (IllegalArgumentException noBase64) { // reported below
        }
        throw new ProblemException(
                ProblemCode.MALFORMED, "cursor is \"" + cursor + "\"; it takes the next_cursor of the page before.");
    }
}
