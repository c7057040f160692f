package dev.pawl.http.auth;

import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.DocumentStore;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All stored tokens in memory, so that no request waits for the store to know its caller. Safe for use by several threads. */
final class TokenTable {

    private static final Logger LOG = LoggerFactory.getLogger(TokenTable.class);

    private final DocumentStore store;
    private final Map<TokenHash, LiveToken> byHash = new ConcurrentHashMap<>();
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final ConcurrentNavigableMap<Place, LiveToken> inOrder = new ConcurrentSkipListMap<>();

    /** The place of a token in lists: they are sorted by name. */
    record Place(String name, String id) implements Comparable<Place> {

        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::name).thenComparing(Place::id);

        static Place of(Token token) {
            return new Place(token.principal().name(), token.principal().id());
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private TokenTable(DocumentStore store) {
        this.store = store;
    }

    /**
     * Reads all tokens of a store. One that is damaged is refused, and only that one.
     *
     * @param before the tokens that were read before, of which those that are no longer stored end; null when there were none
     */
    static TokenTable read(DocumentStore store, @Nullable TokenTable before, InstantSource clock) {
        var table = new TokenTable(store);
        Map<TokenHash, LiveToken> earlier =
                before == null ? Map.of() : Map.copyOf(before.byHash); // others are newer than what is read
        store.all(Tokens.OWNER).forEach((name, document) -> table.read(name, document, before, clock));
        earlier.forEach((hash, token) -> {
            if (table.byHash.get(hash) != token) {
                token.revoke();
            }
        });
        return table;
    }

    private void read(String name, String document, @Nullable TokenTable before, InstantSource clock) {
        try {
            TokenHash hash = TokenHash.ofHex(name);
            documents.put(hash.id(), name);
            LiveToken known = before == null ? null : before.byHash.get(hash);
            Token stored = TokenDocument.read(hash.id(), document);
            if (known != null) {
                known.stored(stored.lastUsedAt());
            }
            add(hash, known == null ? new LiveToken(stored, clock) : known);
        } catch (IllegalArgumentException | ProblemException e) {
            LOG.warn(
                    "The stored entry of token {} is not valid; the token is refused: {}", shown(name), e.getMessage());
        }
    }

    private static String shown(String name) {
        return name.length() > 12 ? name.substring(0, 12) : name;
    }

    DocumentStore store() {
        return store;
    }

    void add(TokenHash hash, LiveToken token) {
        documents.put(hash.id(), hash.hex());
        inOrder.put(Place.of(token.token()), token);
        byHash.put(hash, token);
    }

    void remove(String id) {
        String document = documents.remove(id);
        LiveToken token = document == null ? null : byHash.remove(TokenHash.ofHex(document));
        if (token != null) {
            inOrder.remove(Place.of(token.token()));
        }
    }

    Optional<LiveToken> find(TokenHash hash) {
        return Optional.ofNullable(byHash.get(hash));
    }

    /** The name of the document of a token, even of a damaged one. */
    Optional<String> document(String id) {
        return Optional.ofNullable(documents.get(id));
    }

    /** The token of a document; empty when the document is damaged. */
    Optional<LiveToken> token(String document) {
        return find(TokenHash.ofHex(document));
    }

    /** The tokens after a place, in order; all when it is null. */
    Stream<Token> after(@Nullable Place place) {
        return (place == null ? inOrder : inOrder.tailMap(place, false))
                .values().stream().map(LiveToken::token);
    }

    /** All tokens with their hashes. */
    Map<TokenHash, LiveToken> all() {
        return byHash;
    }

    int size() {
        return documents.size();
    }
}
