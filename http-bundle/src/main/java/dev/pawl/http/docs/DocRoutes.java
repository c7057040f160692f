package dev.pawl.http.docs;

import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.Route;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The documentation, made when somebody first asks for it. */
public final class DocRoutes {

    private final Supplier<List<Route>> routes;
    private final String version;
    private volatile @Nullable String page;
    private volatile @Nullable String openApi;

    public DocRoutes(Supplier<List<Route>> routes, String version) {
        this.routes = routes;
        this.version = version;
    }

    public Answer page(Call call) {
        String made = page;
        if (made == null) {
            made = DocPage.of(routes.get(), version);
            page = made;
        }
        return new Answer.Text("text/html; charset=utf-8", made);
    }

    public Answer openApi(Call call) {
        String made = openApi;
        if (made == null) {
            made = OpenApi.of(routes.get(), version);
            openApi = made;
        }
        return new Answer.Text("application/json", made);
    }
}
