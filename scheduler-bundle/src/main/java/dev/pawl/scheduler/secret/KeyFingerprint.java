package dev.pawl.scheduler.secret;

import dev.pawl.base.json.value.Json;
import dev.pawl.service.data.DocumentCheck;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.DocumentStore;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprint of the key with which the servers on a store sign callbacks: a document of owner {@value #OWNER}. The first server that has a key
 * records it, and the store decides who is the first. It is made with the key of secrets, so that nobody can try keys against it who has the database
 * alone. Safe for many threads.
 */
public final class KeyFingerprint {

    /** The owner of the document. */
    static final String OWNER = "pawl:keys";

    private static final String MEMBER = "fingerprint";

    private final DocumentStore documents;
    private final Vault vault;

    private static final class AnotherRecorded extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    public KeyFingerprint(DocumentStore documents, Vault vault) {
        this.documents = documents;
        this.vault = vault;
    }

    /** Calls back when another server may have recorded another key. */
    void observe(Runnable changed) {
        documents.observe(OWNER, owner -> changed.run());
    }

    /** Whether a key is recorded. */
    boolean isRecorded() {
        return documents.get(OWNER, SigningKeys.NAME).isPresent();
    }

    /** Records a key unless there is one; says whether the recorded one is this. */
    boolean record(String key) {
        String wanted = text(key);
        String present = documents.get(OWNER, SigningKeys.NAME).orElse(null);
        if (present == null && !put(wanted, null)) {
            present = documents.get(OWNER, SigningKeys.NAME).orElse(null);
        }
        return present == null || present.equals(wanted);
    }

    /** Records a key in the place of another; says whether that was the recorded one. */
    boolean replace(String former, String key) {
        return put(text(key), text(former));
    }

    private boolean put(String json, @Nullable String former) {
        DocumentCheck isFormer = present -> {
            if (!Objects.equals(former, present)) {
                throw new AnotherRecorded();
            }
        };
        try {
            Confirmation.await(
                    documents.put(OWNER, SigningKeys.NAME, json, isFormer), "The fingerprint of " + SigningKeys.NAME);
            return true;
        } catch (AnotherRecorded e) {
            return false;
        }
    }

    private String text(String key) {
        return Json.text(Map.of(MEMBER, vault.fingerprint(SigningKeys.NAME, key.getBytes(StandardCharsets.UTF_8))));
    }
}
