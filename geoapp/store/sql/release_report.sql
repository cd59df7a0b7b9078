-- release_report: what is kept with a release of the table it was made of. :release
SELECT release.report FROM published.release WHERE release.id = :release
