package dev.pawl.service.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of documents, by module and name.
 *
 * @param documents the documents
 * @param nextCursor the cursor for the next page; null on the last one
 */
public record DocumentPage(
        List<DocumentEntry> documents, @Nullable String nextCursor) {

    public DocumentPage {
        documents = List.copyOf(documents);
    }
}
