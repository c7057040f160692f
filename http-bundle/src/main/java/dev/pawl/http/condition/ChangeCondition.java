package dev.pawl.http.condition;

import dev.pawl.service.data.DocumentCheck;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a change: {@code If-Match} names the versions that may be changed, {@code If-None-Match: *} asks that there is none.
 *
 * @param headers the headers of the request
 */
public record ChangeCondition(HttpFields headers) {

    /** The check of a document; one that never looks when the request has no condition. */
    public DocumentCheck ofDocument() {
        return isGiven() ? present -> check(present == null ? null : EntityTag.of(present)) : DocumentCheck.NONE;
    }

    /**
     * Checks the version that there is; null for none.
     *
     * @throws ProblemException {@code CHANGED_MEANWHILE} unless the condition allows the change
     */
    public void check(@Nullable EntityTag present) {
        if (!EntityTag.allowChange(present, headers)) {
            throw new ProblemException(
                    ProblemCode.CHANGED_MEANWHILE,
                    present == null ? "There is no version of it." : "Its version is " + present.text() + ".");
        }
    }

    private boolean isGiven() {
        return headers.contains("If-Match") || headers.contains("If-None-Match");
    }
}
