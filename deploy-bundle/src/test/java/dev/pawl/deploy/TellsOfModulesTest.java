package dev.pawl.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.event.Event;
import dev.pawl.service.event.EventSink;
import dev.pawl.service.event.ModuleEvent;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The events that tell those who follow of installed modules. */
final class TellsOfModulesTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    private final List<ModuleEvent> events = new ArrayList<>();
    private final List<String> served = new ArrayList<>();

    @BeforeEach
    void follow() {
        server.deployer.bindEvents(new EventSink() {
            @Override
            public void add(Event event) {
                events.add((ModuleEvent) event);
                served.add(server.serving("alpha").orElse("none"));
            }

            @Override
            public void lost(String why) {
                throw new AssertionError(why);
            }
        });
    }

    private List<String> told() {
        return events.stream()
                .map(event -> event.change().wireName() + " " + event.id() + " " + event.version())
                .toList();
    }

    @Test
    void eachChangeIsToldOnceItIsMade() {
        server.install("1.0.0");
        server.install("2.0.0");
        server.deployer.disable("alpha", ChangeOptions.by("test"));
        server.deployer.enable("alpha", ChangeOptions.by("test"));
        server.deployer.rollback("alpha", null, ChangeOptions.by("ann"));
        server.deployer.uninstall("alpha", ChangeOptions.by("test"));
        assertEquals(
                List.of(
                        "installed alpha 1.0.0",
                        "draining alpha 1.0.0",
                        "updated alpha 2.0.0",
                        "draining alpha 2.0.0",
                        "disabled alpha 2.0.0",
                        "enabled alpha 2.0.0",
                        "draining alpha 2.0.0",
                        "rolled_back alpha 1.0.0",
                        "draining alpha 1.0.0",
                        "removed alpha 1.0.0"),
                told());
        assertEquals(
                List.of("1.0.0", "1.0.0", "2.0.0", "2.0.0", "none", "2.0.0", "2.0.0", "1.0.0", "1.0.0", "none"),
                served);
        assertEquals("1.0.0", events.get(2).formerVersion());
        assertNull(events.get(0).formerVersion());
        assertEquals("ann", events.get(7).by());
        assertEquals("ALPHA", events.get(0).name());
    }

    @Test
    void whatChangesNothingIsNotTold() {
        server.install("1.0.0");
        server.install("1.0.0");
        server.deployer.enable("alpha", ChangeOptions.by("test"));
        assertThrows(ProblemException.class, () -> server.deployer.rollback("alpha", null, ChangeOptions.by("test")));
        assertEquals(List.of("installed alpha 1.0.0"), told());
    }
}
