package dev.pawl.http.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdminTokenTest {

    private static final String GIVEN = "0123456789012345678901234567890123456789";

    @TempDir
    Path folder;

    @Test
    void theFirstStartMakesATokenForItsOwnerAlone() throws IOException {
        AdminToken token = start();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        assertEquals(
                new Principal("admin", "admin", Role.ADMIN),
                find(token, secret()).orElseThrow().principal());
        assertTrue(secret().matches("pawl_[A-Za-z0-9_-]{43}"), "256 bits in Base64");
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count(), "no temporary file is left");
        }
    }

    @Test
    void laterStartsKeepTheToken() throws IOException {
        start();
        String secret = secret();
        assertTrue(find(start(), secret).isPresent());
        assertEquals(secret, secret());
    }

    @Test
    void twoServersHaveTwoTokens() throws IOException {
        start();
        AdminToken other = AdminToken.in(folder.resolve("other"), InstantSource.system());
        assertEquals(Optional.empty(), find(other, secret()));
    }

    @Test
    void aTokenThatOthersCouldReadIsClosed() throws IOException {
        Files.writeString(file(), GIVEN + "\n");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(find(start(), GIVEN).isPresent());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void aTokenThatIsTooShortIsRefused() throws IOException {
        Files.writeString(file(), "\n");
        IOException refused = assertThrows(IOException.class, this::start);
        assertTrue(refused.getMessage().contains("Delete the file"), refused.getMessage());
    }

    @Test
    void aTokenThatCannotBeReadIsNamedWithItsFile() throws IOException {
        Files.createDirectory(file());
        String refused =
                String.valueOf(assertThrows(IOException.class, this::start).getMessage());
        assertTrue(refused.startsWith("The admin token in " + file() + " cannot be read ("), refused);
    }

    @Test
    void aRotatedTokenHasEndedWhenTheNewOneIsTold() throws IOException {
        AdminToken token = start();
        String old = secret();
        Credential held = find(token, old).orElseThrow();
        IssuedToken issued = token.rotate();
        assertEquals(secret(), issued.secret());
        assertFalse(held.isInForce());
        assertEquals(Optional.empty(), find(token, old));
        assertTrue(find(token, issued.secret()).orElseThrow().isInForce());
        token.look();
        assertTrue(find(token, issued.secret()).orElseThrow().isInForce());
    }

    @Test
    void aReplacedFileIsNoticedAndTheOldTokenHasEnded() throws IOException {
        AdminToken token = start();
        Credential held = find(token, secret()).orElseThrow();
        Files.writeString(file(), GIVEN);
        token.look();
        assertFalse(held.isInForce());
        assertTrue(find(token, GIVEN).isPresent());
    }

    @Test
    void aRemovedFileIsMadeAgainWithANewToken() throws IOException {
        AdminToken token = start();
        String old = secret();
        Files.delete(file());
        token.look();
        assertEquals(Optional.empty(), find(token, old));
        assertTrue(find(token, secret()).isPresent());
    }

    @Test
    void aFileThatCannotBeUsedLeavesNoAdminTokenUntilItIsMended() throws IOException {
        AdminToken token = start();
        String old = secret();
        Files.writeString(file(), "short");
        token.look();
        assertEquals(Optional.empty(), find(token, old));
        assertEquals(Optional.empty(), token.token());
        assertEquals(Optional.empty(), token.proof("localhost", "challenge"));
        Files.writeString(file(), old);
        token.look();
        assertTrue(find(token, old).orElseThrow().isInForce());
    }

    @Test
    void aFileThatWasOnlyTouchedEndsNothing() throws IOException {
        AdminToken token = start();
        Credential held = find(token, secret()).orElseThrow();
        Files.writeString(file(), secret() + "\n\n");
        token.look();
        assertTrue(held.isInForce());
    }

    private static Optional<Credential> find(AdminToken token, String secret) {
        return token.find(TokenHash.of(secret)).map(found -> found);
    }

    private AdminToken start() throws IOException {
        return AdminToken.in(folder, InstantSource.system());
    }

    private Path file() {
        return folder.resolve("admin.token");
    }

    private String secret() throws IOException {
        return Files.readString(file()).strip();
    }
}
