package dev.pawl.samples.http;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.web.RefusedCallException;
import dev.pawl.web.WebAnswer;
import dev.pawl.web.WebClient;
import java.net.URI;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Calls an HTTP service page by page, with results and a checkpoint for each page; resumes with the page after the last checkpoint. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "http",
        name = "HTTP",
        description = "Calls HTTP services, page by page and through a proxy when asked.",
        capabilities = {"http", "proxy", "sample"},
        enabled = false,
        inputs = HttpInputs.class,
        settings = HttpSettings.class)
public final class HttpModule implements Module {

    private static final double ALL = 100;
    private static final double NEARLY_ALL = 99;

    @Override
    public void validate(TaskContext task) throws ValidationException {
        Plan.of(task, new Access(task.settings(HttpSettings.class)));
    }

    @Override
    public void run(TaskContext task) throws Exception {
        Access access = new Access(task.settings(HttpSettings.class));
        Plan plan = Plan.of(task, access);
        try (WebClient client = access.client()) {
            PageCalls calls = new PageCalls(plan, access, client, task, InstantSource.system());
            String address = task.checkpoint("next", NextPage.first(plan).toString());
            long results = task.checkpoint("results", 0L);
            for (long number = task.checkpoint("pages", 0L) + 1; !address.isEmpty(); number++) {
                URI url = URI.create(address);
                WebAnswer answer = calls.get(url, number);
                PageResults page = PageResults.of(plan, answer, access.masked(answer.text()), number);
                emit(page, number, url, task);
                results += page.results().size();
                Optional<URI> next = next(plan, answer, url, number, page);
                report(task, plan, number, results);
                address = next.map(URI::toString).orElse("");
                task.checkpoint(Map.of("next", address, "pages", number, "results", results));
            }
            task.progress(ALL, Map.of("pages", task.checkpoint("pages", 0L), "results", results));
        }
    }

    private static void emit(PageResults page, long number, URI url, TaskContext task) throws RunException {
        int n = 0;
        for (Map<String, @Nullable Object> result : page.results()) {
            n++;
            try {
                task.emit(result);
            } catch (IllegalArgumentException refused) {
                throw new RunException(
                        "Result " + n + " of page " + number + " from " + url + " cannot be kept: "
                                + refused.getMessage() + " The inputs items and extract make results smaller.",
                        refused);
            }
        }
    }

    private static Optional<URI> next(Plan plan, WebAnswer answer, URI url, long number, PageResults page)
            throws RunException {
        HttpInputs.Paging paging = plan.inputs().paging();
        try {
            Optional<URI> next =
                    NextPage.after(plan, answer, url, number, page.results().size(), page.json());
            return paging != null && number >= paging.maxPages() ? Optional.empty() : next;
        } catch (RefusedCallException malformed) {
            throw new RunException("The page after " + url + " cannot be read: " + malformed.getMessage(), malformed);
        }
    }

    private static void report(TaskContext task, Plan plan, long number, long results) {
        HttpInputs.Paging paging = plan.inputs().paging();
        task.info(String.format(Locale.ROOT, "Page %,d is read; %,d results so far.", number, results));
        double percent = paging == null ? NEARLY_ALL : Math.min(NEARLY_ALL, ALL * number / paging.maxPages());
        task.progress(percent, Map.of("pages", number, "results", results));
    }
}
