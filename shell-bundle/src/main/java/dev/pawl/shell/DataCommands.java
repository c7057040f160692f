package dev.pawl.shell;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import dev.pawl.api.store.DocumentStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands for the JSON documents that are kept for modules. */
@Component(service = DataCommands.class)
@GogoCommand(
        scope = "data",
        function = {"get", "put", "rm", "names"})
public final class DataCommands {
    private static final String RUNTIME_OWN = "pawl:";

    private final DocumentStore documents;

    @Activate
    public DataCommands(@Reference DocumentStore documents) {
        this.documents = documents;
    }

    @Descriptor("shows a document as JSON")
    public String get(@Descriptor("the module's id") String module, @Descriptor("the document's name") String name)
            throws CommandException {
        checkOwner(module);
        return CommandException.unless(() -> documents.get(module, name).orElseThrow(() -> unknown(module, name)));
    }

    @Descriptor("stores or replaces a document, such as: data:put hello words '{\"formal\": \"Good day\"}'")
    public String put(
            @Descriptor("the module's id") String module,
            @Descriptor("the document's name") String name,
            @Descriptor("a JSON object") String json)
            throws CommandException, InterruptedException {
        checkOwner(module);
        checkObject(json);
        CommandException.unlessLater(() -> documents.put(module, name, json).thenApply(done -> true));
        return "Stored " + name + " of " + module + ".";
    }

    @Descriptor("deletes a document")
    public String rm(@Descriptor("the module's id") String module, @Descriptor("the document's name") String name)
            throws CommandException, InterruptedException {
        checkOwner(module);
        boolean found = CommandException.unlessLater(() -> documents.delete(module, name));
        if (!found) {
            CommandException.unless(() -> {
                throw unknown(module, name);
            });
        }
        return "Deleted " + name + " of " + module + ".";
    }

    @Descriptor("the names of a module's documents")
    public List<String> names(@Descriptor("the module's id") String module) throws CommandException {
        checkOwner(module);
        return CommandException.unless(() -> documents.names(module));
    }

    private static void checkOwner(String module) throws CommandException {
        if (module.startsWith(RUNTIME_OWN)) {
            throw new CommandException("\"" + module + "\" is no module: what begins with pawl: is the runtime's own.");
        }
    }

    private static void checkObject(String json) throws CommandException {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            parser.skipChildren();
            if (!object || parser.nextToken() != null) {
                throw new CommandException("The document is no JSON object, such as '{\"a\": 1}'.");
            }
        } catch (JsonProcessingException e) {
            throw new CommandException("The document is no JSON: " + e.getOriginalMessage() + ".");
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text in memory has none
        }
    }

    private static ProblemException unknown(String module, String name) {
        return new ProblemException(
                ProblemCode.UNKNOWN_DOCUMENT, "The module \"" + module + "\" has no document \"" + name + "\".");
    }
}
