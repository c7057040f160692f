package dev.pawl.samples.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.module.RunException;
import dev.pawl.samples.http.HttpInputs.Kind;
import dev.pawl.samples.http.HttpInputs.Paging;
import dev.pawl.web.References;
import dev.pawl.web.RefusedCallException;
import dev.pawl.web.WebAnswer;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the address of the page that follows another. */
final class NextPage {

    /** One link of a Link header (RFC 8288, 3): its target, then its parameters. */
    private static final Pattern LINK =
            Pattern.compile("<([^>]*)>((?:\\s*;\\s*[\\w!#$&+.^`|~*-]+(?:\\s*=\\s*(?:\"[^\"]*\"|[^\\s\",;]+))?)*)");

    private static final Pattern REL_NEXT =
            Pattern.compile("(?i);\\s*rel\\s*=\\s*(?:\"(?:[^\"]*\\s)?next(?:\\s[^\"]*)?\"|next(?![^\\s;,]))");

    private final Plan plan;
    private final Paging paging;

    private NextPage(Plan plan, Paging paging) {
        this.plan = plan;
        this.paging = paging;
    }

    /** The address of the first page. */
    static URI first(Plan plan) throws RefusedCallException {
        URI url = plan.request().url();
        Paging paging = plan.inputs().paging();
        return paging != null && paging.kind() == Kind.PAGE
                ? QueryParameter.set(url, paging.parameterName(), String.valueOf(paging.start()))
                : url;
    }

    /**
     * The address of the next page; empty when there is none.
     *
     * @param number the number of the page that was read, from 1
     * @param entries the number of its entries
     * @param json its content; null when it was not read as JSON
     */
    static Optional<URI> after(
            Plan plan, WebAnswer answer, URI asked, long number, int entries, @Nullable JsonNode json)
            throws RunException, RefusedCallException {
        Paging paging = plan.inputs().paging();
        if (paging == null) {
            return Optional.empty();
        }
        NextPage pages = new NextPage(plan, paging);
        Optional<URI> next =
                switch (paging.kind()) {
                    case LINK -> pages.linked(answer);
                    case CURSOR -> pages.atCursor(asked, Objects.requireNonNull(json));
                    case PAGE -> entries == 0 ? Optional.empty() : Optional.of(pages.numbered(asked, number));
                };
        if (next.isPresent() && next.get().equals(asked)) {
            throw new RunException("The page " + asked + " names itself as the next one; it would be read for ever.");
        }
        return next;
    }

    private URI numbered(URI asked, long number) throws RefusedCallException {
        return QueryParameter.set(
                asked, paging.parameterName(), String.valueOf(paging.start() + number * paging.step()));
    }

    private Optional<URI> linked(WebAnswer answer) throws RefusedCallException {
        for (String header : answer.headers().getOrDefault("link", List.of())) {
            Matcher link = LINK.matcher(header);
            while (link.find()) {
                if (REL_NEXT.matcher(link.group(2)).find()) {
                    return Optional.of(References.resolve(answer.url(), link.group(1)));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<URI> atCursor(URI asked, JsonNode json) throws RefusedCallException {
        JsonNode value = json.at(Objects.requireNonNull(plan.cursor()));
        String cursor = value.isValueNode() && !value.isNull() && !value.isBoolean() ? value.asText() : "";
        if (cursor.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(QueryParameter.set(asked, paging.parameterName(), cursor));
    }
}
