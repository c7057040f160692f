package dev.pawl.http.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.http.fake.FakeDocumentStore;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokensTest {

    @TempDir
    Path folder;

    private final FakeDocumentStore documents = new FakeDocumentStore();

    @Test
    void theFirstStartMakesATokenForItsOwnerAlone() throws IOException {
        Tokens tokens = tokens();
        Path file = folder.resolve("admin.token");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        String token = Files.readString(file).strip();
        assertEquals(43, token.length(), "256 bits in Base64");
        assertEquals(Optional.of(new Principal("admin", "admin", Role.ADMIN)), tokens.principal(token));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count(), "no temporary file is left");
        }
    }

    @Test
    void laterStartsKeepTheToken() throws IOException {
        tokens();
        String token = Files.readString(folder.resolve("admin.token")).strip();
        assertTrue(tokens().principal(token).isPresent());
        assertEquals(token, Files.readString(folder.resolve("admin.token")).strip());
    }

    @Test
    void twoServersHaveTwoTokens() throws IOException {
        tokens();
        String token = Files.readString(folder.resolve("admin.token")).strip();
        Tokens other = Tokens.in(folder.resolve("other"), () -> Optional.of(documents));
        assertEquals(Optional.empty(), other.principal(token));
    }

    @Test
    void aTokenThatOthersCouldReadIsClosed() throws IOException {
        Path file = folder.resolve("admin.token");
        Files.writeString(file, "0123456789012345678901234567890123456789\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(
                tokens().principal("0123456789012345678901234567890123456789").isPresent());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aTokenThatIsTooShortIsRefused() throws IOException {
        Files.writeString(folder.resolve("admin.token"), "\n");
        IOException refused = assertThrows(IOException.class, this::tokens);
        assertTrue(refused.getMessage().contains("Delete the file"), refused.getMessage());
    }

    @Test
    void aTokenThatCannotBeReadIsNamedWithItsFile() throws IOException {
        Path file = Files.createDirectory(folder.resolve("admin.token"));
        String refused =
                String.valueOf(assertThrows(IOException.class, this::tokens).getMessage());
        assertTrue(refused.startsWith("The admin token in " + file + " cannot be read ("), refused);
    }

    @Test
    void otherTokensAreKnownByTheirHash() throws IOException {
        documents.put(Tokens.OWNER, TokenHash.of("secret").hex(), "{\"name\": \"ci\", \"role\": \"operator\"}");
        documents.put(Tokens.OWNER, TokenHash.of("odd").hex(), "{\"name\": \"odd\", \"role\": \"king\"}");
        Tokens tokens = tokens();
        assertEquals(
                Optional.of(new Principal(TokenHash.of("secret").hex().substring(0, 12), "ci", Role.OPERATOR)),
                tokens.principal("secret"));
        assertEquals(Optional.empty(), tokens.principal("odd"));
        assertEquals(Optional.empty(), tokens.principal("other"));
        assertEquals(Optional.empty(), tokens.principal(""));
    }

    private Tokens tokens() throws IOException {
        return Tokens.in(folder, () -> Optional.of(documents));
    }
}
