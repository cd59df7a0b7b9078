-- insert_edition: what is said of an edition. One parameter for each column.
INSERT INTO geography.edition
    (id, area, code_system, source, attribution, licence, status, dated, base_level, box, digest, report)
VALUES (:id, :area, :code_system, :source, :attribution, :licence, :status, :dated, :base_level, :box, :digest, :report)
