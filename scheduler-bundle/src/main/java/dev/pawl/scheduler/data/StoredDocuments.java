package dev.pawl.scheduler.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.pawl.base.json.JsonFactories;
import dev.pawl.scheduler.schema.JsonCheck;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.data.DocumentCheck;
import dev.pawl.service.data.DocumentEntry;
import dev.pawl.service.data.DocumentPage;
import dev.pawl.service.data.Documents;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.DocumentStore;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The documents of modules in the store, under their ids. */
@Component(service = Documents.class)
public final class StoredDocuments implements Documents {

    private static final String RUNTIME_OWN = "pawl:";
    private static final String NAME = "name";

    private static final JsonFactory FACTORY = JsonFactories.strict();

    private final DocumentStore store;

    @Activate
    public StoredDocuments(@Reference DocumentStore store) {
        this.store = store;
    }

    @Override
    public String get(String module, String name) {
        check(module, name);
        return store.get(module, name).orElseThrow(() -> unknown(module, name));
    }

    @Override
    public CompletionStage<Void> put(String module, String name, String json, DocumentCheck check) {
        check(module, name);
        if (json.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE, "The document is larger than 1 MiB, the most this takes.");
        }
        return Confirmation.within(
                store.put(module, name, withoutName(json), check, AuditedChange.current()), "The document " + name);
    }

    @Override
    public CompletionStage<Void> delete(String module, String name, DocumentCheck check) {
        check(module, name);
        return Confirmation.within(
                        store.delete(module, name, check, AuditedChange.current()), "The removal of document " + name)
                .thenAccept(found -> {
                    if (!found) {
                        throw unknown(module, name);
                    }
                });
    }

    @Override
    public DocumentPage page(@Nullable String module, @Nullable String cursor, int limit) {
        if (module != null) {
            check(module);
        }
        int slash = cursor == null ? 0 : cursor.indexOf('/');
        if (slash < 0) {
            throw malformed("cursor is \"" + cursor + "\"; it takes the next_cursor of an earlier answer.");
        }
        String afterOwner = cursor == null ? "" : cursor.substring(0, slash);
        String afterName = cursor == null ? "" : cursor.substring(slash + 1);
        // one more than fits, to see whether this is the last page
        List<DocumentEntry> found = store.list(module, afterOwner, afterName, limit + 1);
        if (found.size() <= limit) {
            return new DocumentPage(found, null);
        }
        DocumentEntry last = found.get(limit - 1);
        return new DocumentPage(found.subList(0, limit), last.module() + "/" + last.name());
    }

    @Override
    public List<String> names(String module) {
        check(module);
        return store.names(module);
    }

    private static void check(String module, String name) {
        check(module);
        if (!DocumentName.fits(name)) {
            throw malformed("The document's name takes " + DocumentName.ACCEPTED + ".");
        }
    }

    private static void check(String module) {
        if (!DocumentName.fits(module) || module.startsWith(RUNTIME_OWN)) {
            throw malformed("The module takes " + DocumentName.ACCEPTED + ", and not " + RUNTIME_OWN
                    + " in front, which is the runtime's own.");
        }
    }

    /** The object without a member "name", since the document has the name that it is kept under; numbers stay as they are written. */
    private static String withoutName(String json) {
        StringWriter text = new StringWriter(json.length());
        try (JsonParser parser = FACTORY.createParser(json);
                JsonGenerator copy = FACTORY.createGenerator(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("The document is not an object; it takes one.");
            }
            copy.writeStartObject();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (NAME.equals(parser.currentName())) {
                    parser.nextToken();
                    parser.skipChildren();
                } else {
                    copy.copyCurrentStructureExact(parser);
                }
            }
            copy.writeEndObject();
            if (parser.nextToken() != null) {
                throw malformed("The document goes on after its object ended.");
            }
        } catch (JsonProcessingException e) {
            throw new ProblemException(ProblemCode.MALFORMED, "The document is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory has no such trouble.", e);
        }
        return withinLimits(text.toString());
    }

    private static String withinLimits(String json) {
        try {
            return JsonCheck.check("The document", json);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemCode.MALFORMED, detail);
    }

    private static ProblemException unknown(String module, String name) {
        return new ProblemException(
                ProblemCode.UNKNOWN_DOCUMENT, "The module \"" + module + "\" has no document \"" + name + "\".");
    }
}
