# Varnish 7.1 or later in front of Masthead, with the vmod xkey (Debian: varnish varnish-modules). docs/cdn.md explains how
# to run it. Set two places: where Masthead listens, and who may purge.
vcl 4.1;

import std;
import xkey;

backend masthead {
    .host = "127.0.0.1";
    .port = "3000";
    .connect_timeout = 1s;
    # Sick after three failed probes in a row, healthy after one that succeeds.
    .probe = {
        .url = "/health/ready";
        .interval = 1s;
        .timeout = 1s;
        .window = 3;
        .threshold = 1;
        .initial = 1;
    }
}

acl purgers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        if (client.ip !~ purgers) {
            return (synth(405, "Not allowed"));
        }
        set req.http.purged = xkey.purge(req.http.xkey-purge);
        set req.http.purged = req.http.purged + " and " + xkey.softpurge(req.http.xkey-softpurge);
        return (synth(200, "Purged " + req.http.purged));
    }
    if (req.url !~ "^/(content/v1|media)/") {
        return (pass);
    }
    # The rest is public and does not depend on cookies. Varnish itself passes requests with Authorization.
    unset req.http.Cookie;
    # Masthead ignores the parameters that it does not know, such as utm_source, so they must not make copies. Keep those
    # that some operation knows, and names with an encoded character.
    set req.url = regsuball(req.url, "&(?!(?:cursor|fields|fit|format|from|h|include|kind|limit|newsletter|period|q|tag|w|year)=|[^=&]*%)[^&]*", "");
    set req.url = regsub(req.url, "^([^?]*\?)(?!(?:cursor|fields|fit|format|from|h|include|kind|limit|newsletter|period|q|tag|w|year)=|[^=&]*%)[^&]*&?", "\1");
    set req.url = regsub(req.url, "^([^?]*)\?$", "\1");
    set req.url = std.querysort(req.url);
    # Responses vary by Accept, so each spelling of the header would be a copy of its own. It matters only to papers and
    # citations, where it can name BibTeX and the like, and to images, where it can name AVIF or WebP. Normalize the rest.
    if (req.url ~ "^/content/v1/") {
        if (req.http.Accept !~ "(?i)x-bibtex|x-research-info-systems|citationstyles|x-bibliography|text/\*") {
            set req.http.Accept = "*/*";
        }
    } else if (req.http.Accept ~ "image/avif" && req.http.Accept ~ "image/webp") {
        set req.http.Accept = "image/avif,image/webp";
    } else if (req.http.Accept ~ "image/webp") {
        set req.http.Accept = "image/webp";
    } else if (req.http.Accept ~ "image/avif") {
        set req.http.Accept = "image/avif";
    } else {
        set req.http.Accept = "*/*";
    }
    # While Masthead is healthy, serve nothing stale: revalidate, which is a 304 if nothing changed. When it is sick or has
    # just failed, serve what is in the cache.
    if (req.restarts == 0 && std.healthy(req.backend_hint)) {
        set req.grace = 0s;
    } else {
        set req.grace = 1d;
    }
}

# Masthead serves the same under every host name.
sub vcl_hash {
    hash_data(req.url);
    return (lookup);
}

# Masthead has just failed, and nothing stale is in the cache: do not ask it a second time.
sub vcl_miss {
    if (req.restarts > 0) {
        return (synth(503));
    }
}

sub vcl_backend_fetch {
    # Varnish fetches in the background only when it serves something stale, so Masthead is failing.
    if (bereq.is_bgfetch) {
        return (abandon);
    }
    if (!bereq.uncacheable) {
        set bereq.first_byte_timeout = 10s;
    }
}

sub vcl_backend_response {
    if (bereq.uncacheable) {
        return (deliver);
    }
    # Delivered as it is, the response would replace the stale one.
    if (beresp.status >= 500) {
        return (error(503));
    }
    # What is a 404 now may be published in a second, and no purge would remove the cached 404.
    if (beresp.http.Cache-Control !~ "public") {
        set beresp.ttl = 10s;
        set beresp.uncacheable = true;
        return (deliver);
    }
    set beresp.http.xkey = beresp.http.Surrogate-Key;
    # The value of stale-if-error.
    set beresp.grace = 1d;
    # Media may be cached for a year, but a deleted file must disappear sooner.
    if (beresp.ttl > 1d) {
        set beresp.ttl = 1d;
    }
    # Masthead sends the first response for an address uncompressed, and Varnish does not ask again.
    if (beresp.http.Content-Type ~ "^(text/|image/svg|application/((.+[+])?(json|xml)|x-bibtex|x-research-info-systems))") {
        set beresp.do_gzip = true;
    }
}

# Never cache an error: it would hide the stale response.
sub vcl_backend_error {
    set beresp.ttl = 0s;
    set beresp.grace = 0s;
    set beresp.keep = 0s;
}

sub vcl_deliver {
    if (resp.status >= 500 && req.restarts == 0 && !obj.uncacheable) {
        return (restart);
    }
    unset resp.http.xkey;
    unset resp.http.Surrogate-Key;
}

sub vcl_synth {
    if (resp.status == 503) {
        set resp.http.Access-Control-Allow-Origin = "*";
        set resp.http.Access-Control-Expose-Headers = "Accept-Ranges, Allow, Content-Disposition, Content-Length, Content-Range, ETag, Link, Location, Retry-After";
        set resp.http.Cache-Control = "no-store";
        set resp.http.Content-Type = "application/problem+json";
        set resp.http.Retry-After = "2";
        set resp.body = """{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"Masthead does not answer; try again soon."}""";
        return (deliver);
    }
}
