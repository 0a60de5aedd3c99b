"""LanguageTool as a second opinion: a program of its own, asked over HTTP, trusted by measurement.

LanguageTool (LGPL) runs beside us as a server; nothing of it is imported. The
package language-tool-python (GPL-3) is imported only to fetch LanguageTool where
none is found and the user asked for it.

    installation  which LanguageTool and which Java are there
    server        one local server, started on demand, always stopped
    client        /v2/check over a connection that is kept
    service       the three together, and what happens when it fails
    pieces        an article cut into what is asked, and the way back from UTF-16
    rules         cards of LanguageTool's rules, from ``rules/languagetool.toml``
    check         the check itself
"""
