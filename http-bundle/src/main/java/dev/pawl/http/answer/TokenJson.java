package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;
import static dev.pawl.http.answer.AnswerKinds.word;

import dev.pawl.http.auth.IssuedToken;
import dev.pawl.http.auth.Token;
import dev.pawl.http.auth.TokenPage;
import dev.pawl.service.access.Role;
import java.util.List;
import java.util.TreeSet;

/** Tokens on the wire. */
public final class TokenJson {

    public static final AnswerShape<Token> TOKEN = AnswerShape.<Token>of("Token", "A token, without its secret.")
            .field("id", TEXT, token -> token.principal().id(), "Its id; admin for the one of the data folder.")
            .field("name", TEXT, token -> token.principal().name(), "Its name, for people and for histories.")
            .field(
                    "role",
                    word(Role.values(), Role::wireName),
                    token -> token.principal().role(),
                    "Its role; anyone for a caller without a token.")
            .field(
                    "modules",
                    listOf(TEXT),
                    token ->
                            List.copyOf(new TreeSet<>(token.principal().bounds().modules())),
                    "The modules that it may touch; empty for all.")
            .field(
                    "own_jobs",
                    FLAG,
                    token -> token.principal().bounds().ownJobs(),
                    "Whether it may touch only jobs that it started.")
            .nullable("created_at", TIME, Token::createdAt, "When it was made; null when unknown.")
            .nullable("expires_at", TIME, Token::expiresAt, "When it ends; null for never.")
            .nullable(
                    "last_used_at",
                    TIME,
                    Token::lastUsedAt,
                    "When it was last used; stored once a minute, for the one of the data folder not at all.");

    public static final AnswerShape<IssuedToken> ISSUED = AnswerShape.<IssuedToken>of(
                    "IssuedToken", "A token that was just made.")
            .all(TOKEN, IssuedToken::token)
            .field("token", TEXT, IssuedToken::secret, "The secret, which is shown this once and kept nowhere.");

    public static final AnswerShape<Page> PAGE = AnswerShape.<Page>of("Tokens", "A page of tokens, sorted by name.")
            .field("tokens", listOf(TOKEN), page -> page.tokens().tokens(), "The tokens.")
            .field("limit", INTEGER, Page::limit, "The limit that applied.")
            .nullable("next_cursor", TEXT, page -> page.tokens().nextCursor(), "The start of the next page.");

    private TokenJson() {}

    /** A page with the limit that applied. */
    public record Page(TokenPage tokens, int limit) {}
}
