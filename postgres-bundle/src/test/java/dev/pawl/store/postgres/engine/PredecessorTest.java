package dev.pawl.store.postgres.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredecessorTest {

    private static final OptionalLong UNKNOWN = OptionalLong.empty();

    @TempDir
    private Path folder;

    private Path data;
    private Path boot;

    @BeforeEach
    void makeFolder() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        boot = Files.writeString(folder.resolve("boot"), "first\n");
    }

    @Test
    void theProcessThatHadTheFolderBeforeIsKnownToTheNext() {
        assertEquals(UNKNOWN, new Predecessor(data, boot).owner());
        new Predecessor(data, boot).follow(17);
        assertEquals(OptionalLong.of(17), new Predecessor(data, boot).owner());
        new Predecessor(data, boot).follow(18);
        assertEquals(OptionalLong.of(18), new Predecessor(data, boot).owner());
    }

    @Test
    void theOriginalOfACopyMayLive() throws IOException {
        new Predecessor(data, boot).follow(17);
        Path copy = Files.createDirectory(folder.resolve("copy"));
        Files.copy(data.resolve("server.owner"), copy.resolve("server.owner"));
        assertEquals(UNKNOWN, new Predecessor(copy, boot).owner());
    }

    @Test
    void aFolderThatWasLockedByAnotherMachineMayStillBe() throws IOException {
        new Predecessor(data, boot).follow(17);
        Files.writeString(boot, "second\n");
        assertEquals(UNKNOWN, new Predecessor(data, boot).owner());
    }

    @Test
    void aMachineWithoutAMarkOfItsStartKnowsNothing() throws IOException {
        new Predecessor(data, boot).follow(17);
        Files.delete(boot);
        assertEquals(UNKNOWN, new Predecessor(data, boot).owner());
        new Predecessor(data, boot).follow(18);
        Files.writeString(boot, "first\n");
        assertEquals(OptionalLong.of(17), new Predecessor(data, boot).owner());
    }

    @Test
    void aDamagedFileIsNoReasonNotToStart() throws IOException {
        Files.writeString(data.resolve("server.owner"), "seventeen first");
        assertEquals(UNKNOWN, new Predecessor(data, boot).owner());
        Files.write(data.resolve("server.owner"), new byte[] {(byte) 0xff, 0, 1});
        assertEquals(UNKNOWN, new Predecessor(data, boot).owner());
    }

    @Test
    void aProcessWithoutAFolderHasNoPredecessor() {
        Predecessor none = new Predecessor(null, boot);
        none.follow(17);
        assertEquals(UNKNOWN, none.owner());
    }
}
