package dev.pawl.shell;

import dev.pawl.service.data.Documents;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands for the JSON documents of modules. */
@Component(service = DataCommands.class)
@GogoCommand(
        scope = "data",
        function = {"get", "put", "rm", "names"})
public final class DataCommands {

    private final Documents documents;

    @Activate
    public DataCommands(@Reference Documents documents) {
        this.documents = documents;
    }

    @Descriptor("shows a document as JSON")
    public String get(@Descriptor("the module's id") String module, @Descriptor("the document's name") String name)
            throws CommandException {
        return CommandException.unless(() -> documents.get(module, name));
    }

    @Descriptor("stores or replaces a document, such as: data:put hello words '{\"formal\": \"Good day\"}'")
    public String put(
            @Descriptor("the module's id") String module,
            @Descriptor("the document's name") String name,
            @Descriptor("a JSON object") String json)
            throws CommandException, InterruptedException {
        CommandException.unlessLater(() -> documents.put(module, name, json).thenApply(done -> true));
        return "Stored " + name + " of " + module + ".";
    }

    @Descriptor("deletes a document")
    public String rm(@Descriptor("the module's id") String module, @Descriptor("the document's name") String name)
            throws CommandException, InterruptedException {
        CommandException.unlessLater(() -> documents.delete(module, name).thenApply(done -> true));
        return "Deleted " + name + " of " + module + ".";
    }

    @Descriptor("the names of a module's documents")
    public List<String> names(@Descriptor("the module's id") String module) throws CommandException {
        return CommandException.unless(() -> documents.names(module));
    }
}
